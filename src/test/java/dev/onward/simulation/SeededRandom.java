package dev.onward.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** All the luck there is in a simulation: of its seed alone. */
final class SeededRandom {
  private final SplittableRandom random;

  SeededRandom(long seed) {
    random = new SplittableRandom(seed);
  }

  RandomGenerator generator() {
    return random;
  }

  /** Once in so many times. */
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  boolean permille(int of) {
    return of > 0 && random.nextInt(1000) < of;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Nanoseconds, evenly spread. */
  long between(Duration shortest, Duration longest) {
    return random.nextLong(shortest.toNanos(), longest.toNanos() + 1);
  }

  long millis(long shortest, long longest) {
    return between(Duration.ofMillis(shortest), Duration.ofMillis(longest));
  }

  long seconds(long shortest, long longest) {
    return between(Duration.ofSeconds(shortest), Duration.ofSeconds(longest));
  }

  <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
