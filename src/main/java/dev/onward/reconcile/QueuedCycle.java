package dev.onward.reconcile;

import java.util.Comparator;

/**
 * A cycle that waits for a worker. Those that a person asked for go first, each kind in its order.
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
