package dev.onward.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What happened, in order: as a number that two runs of a seed must agree on, and, where somebody
 * wants to read it, in words.
 */
final class Trace {
  private static final int PRIME = 31;

  private final LongSupplier time;
  private final boolean inWords;
  private final List<String> lines = new ArrayList<>();
  private long digest = 1;
  private long steps;

  Trace(LongSupplier time, boolean inWords) {
    this.time = time;
    this.inWords = inWords;
  }

  void line(String who, Enum<?> what, Supplier<String> words) {
    steps++;
    digest =
        PRIME * (PRIME * (PRIME * digest + time.getAsLong()) + who.hashCode())
            + what.name().hashCode();
    if (inWords) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%9.3f s  %-12s %s",
              time.getAsLong() / (double) Duration.ofSeconds(1).toNanos(),
              who,
              words.get()));
    }
  }

  long digest() {
    return digest;
  }

  long steps() {
    return steps;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
