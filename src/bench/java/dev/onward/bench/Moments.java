package dev.onward.bench;

import java.time.Duration;

/** Time that is let pass while something is measured. */
final class Moments {
  private Moments() {}

  static void pause(int seconds) {
    pause(Duration.ofSeconds(seconds));
  }

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The benchmark was interrupted", e);
    }
  }
}
