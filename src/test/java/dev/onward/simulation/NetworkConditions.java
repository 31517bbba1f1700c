package dev.onward.simulation;

/** How weak AWS is at the moment, within what it promises. */
interface NetworkConditions {
  /** As good as it gets: what tests of the model's plain behaviour want. */
  NetworkConditions FINE =
      new NetworkConditions() {
        @Override
        public long indexLag() {
          return 0;
        }

        @Override
        public long readLag() {
          return 0;
        }

        @Override
        public int page(int most) {
          return most;
        }
      };

  /** How long after a write, in nanoseconds, the table's indexes have it. */
  long indexLag();

  /** How old, in nanoseconds, what a read of Parameter Store sees is. */
  long readLag();

  /** Whether a page has a name that was listed before, as it was before. */
  default boolean listsTwice() {
    return false;
  }

  /** How many of at most so many a page holds; none is possible. */
  int page(int most);
}
