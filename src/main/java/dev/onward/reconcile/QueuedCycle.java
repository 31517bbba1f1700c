package dev.onward.reconcile;

import java.util.Comparator;

/**
 * A cycle waiting for a worker. Explicitly requested ones go first; otherwise first in, first out.
 */
record QueuedCycle(boolean asked, long sequence, Runnable cycle)
    implements Runnable, Comparable<QueuedCycle> {
  private static final Comparator<QueuedCycle> ORDER =
      Comparator.comparing((QueuedCycle it) -> !it.asked())
          .thenComparingLong(QueuedCycle::sequence);

  @Override
  public void run() {
    cycle.run();
  }

  @Override
  public int compareTo(QueuedCycle other) {
    return ORDER.compare(this, other);
  }
}
