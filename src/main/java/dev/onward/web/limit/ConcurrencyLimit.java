package dev.onward.web.limit;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A kind of requests of which only so many run at a time; some more wait their turn, in order, and
 * cost no thread meanwhile.
 */
final class ConcurrencyLimit {
  private final int places;
  private final int queue;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /**
   * @param places how many run at a time
   * @param queue how many more may wait
   */
  ConcurrencyLimit(int places, int queue) {
    this.places = places;
    this.queue = queue;
  }

  /**
   * Runs what begins a request, now or when another one {@linkplain #leave leaves}.
   *
   * @return false if as many wait already as may: then it is never run
   */
  boolean enter(Runnable begin) {
    synchronized (this) {
      if (running >= places) {
        return waiting.size() < queue && waiting.add(begin);
      }
      running++;
    }
    begin.run();
    return true;
  }

  /** A request that ran has ended: its place goes to the one that has waited longest. */
  void leave() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        running--;
        return;
      }
    }
    next.run();
  }
}
