package dev.onward.model.release;

import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The newest release cut from a label: the end of that label's chain of releases.
 *
 * @param version counts the head's moves, from 1; every move is conditional on it
 */
public record LabelHead(Label label, ReleaseId release, Instant releaseCreatedAt, long version) {
  public LabelHead {
    releaseCreatedAt = releaseCreatedAt.truncatedTo(ChronoUnit.MICROS);
    if (version < 1) {
      throw new InvalidValueException("label head version", Long.toString(version), "1 or more");
    }
  }
}
