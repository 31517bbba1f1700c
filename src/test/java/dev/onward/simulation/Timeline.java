package dev.onward.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Virtual time, and the threads that live in it. One runs at a time: a thread that sleeps hands
 * over to whatever is due next, a happening or another thread, and time moves to that moment at
 * once. So ordinary blocking code runs step by step, and the same happenings always come in the
 * same order.
 */
final class Timeline {
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final List<Fiber> fibers = new ArrayList<>();
  private final Fiber main = new Fiber();
  private Fiber running = main;
  private long now;
  private long happenings;
  private volatile boolean over;
  private Optional<Throwable> failure = Optional.empty();

  /** A thread that is ended because the simulation is over. No code in between may catch it. */
  static final class Over extends Error {
    Over() {
      super("the simulation is over", null, false, false);
    }
  }

  /** Something that is due: a happening, or a thread that goes on. */
  private record Event(long at, long number, Optional<Runnable> happening, Fiber fiber)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private static final class Fiber {
    private Thread thread = Thread.currentThread();
    private volatile boolean turn;

    void giveTurn() {
      turn = true;
      LockSupport.unpark(thread);
    }

    void awaitTurn() {
      while (!turn) {
        LockSupport.park(this);
      }
      turn = false;
    }
  }

  /** Nanoseconds since the beginning. */
  long now() {
    return now;
  }

  /** Has something happen at a moment; now, if that is past. It must not sleep. */
  void at(long moment, Runnable happening) {
    add(moment, Optional.of(happening), main);
  }

  /** Starts a thread at a moment. What it throws ends the simulation. */
  void start(long moment, Runnable body) {
    var fiber = new Fiber();
    fiber.thread = Thread.ofVirtual().unstarted(() -> live(fiber, body));
    fibers.add(fiber);
    add(moment, Optional.empty(), fiber);
    fiber.thread.start();
  }

  /** The running thread sleeps. */
  void sleep(long nanos) {
    if (over) {
      throw new Over();
    }
    Fiber me = running;
    add(now + nanos, Optional.empty(), me);
    goOn(me);
    if (over) {
      throw new Over();
    }
  }

  /** Lets time pass until a moment. Throws what a thread or a happening threw. */
  void runUntil(long moment) {
    add(moment, Optional.empty(), main);
    goOn(main);
    if (failure.isPresent()) {
      switch (failure.get()) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
  }

  /** Ends every thread. */
  void end() {
    over = true;
    fibers.forEach(Fiber::giveTurn);
  }

  private void add(long moment, Optional<Runnable> happening, Fiber fiber) {
    events.add(new Event(Math.max(moment, now), happenings++, happening, fiber));
  }

  private void live(Fiber me, Runnable body) {
    me.awaitTurn();
    if (over) {
      return;
    }
    try {
      body.run();
    } catch (Over e) {
      return;
    } catch (Throwable e) {
      fail(e);
    }
    if (!over) {
      handOver(next());
    }
  }

  private void goOn(Fiber me) {
    Fiber next = next();
    if (next != me) {
      handOver(next);
      me.awaitTurn();
    }
  }

  private void handOver(Fiber next) {
    running = next;
    next.giveTurn();
  }

  /** Whose turn it is: whatever merely happens until then has happened. */
  private Fiber next() {
    while (failure.isEmpty()) {
      Event event = events.remove();
      now = event.at();
      if (event.happening().isEmpty()) {
        running = event.fiber();
        return event.fiber();
      }
      try {
        event.happening().get().run();
      } catch (RuntimeException | Error e) {
        fail(e);
      }
    }
    running = main;
    return main;
  }

  private void fail(Throwable e) {
    if (failure.isEmpty()) {
      failure = Optional.of(e);
    }
  }
}
