package dev.onward.testing;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** Time for buckets that stands still until it is told to pass. */
public final class StoppedTime implements TimeMeter {
  private long nanos;

  public void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public long currentTimeNanos() {
    return nanos;
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
