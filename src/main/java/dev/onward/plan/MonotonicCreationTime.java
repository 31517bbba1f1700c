package dev.onward.plan;

import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import java.time.Instant;
import java.util.Optional;

/**
 * The creation time of a new release: now, but always later than the newest release of every label
 * and than everything the environments' heads record, whatever the clocks say. This date decides
 * which release is newer.
 */
public final class MonotonicCreationTime {
  private MonotonicCreationTime() {}

  public static Instant of(ObservedState observed, Instant now) {
    Instant latest = Instant.MIN;
    for (var label : observed.labels().values()) {
      latest = later(latest, label.head().map(LabelHead::releaseCreatedAt));
    }
    for (var environment : observed.environments().values()) {
      var head = environment.head();
      latest = later(latest, head.flatMap(EnvironmentHead::automationAfter));
      latest = later(latest, head.flatMap(h -> h.current()).map(c -> c.releaseCreatedAt()));
      var foreign = environment.foreign();
      latest = later(latest, foreign.map(f -> f.takenAt(now)));
      latest = later(latest, foreign.map(f -> f.release().createdAt()));
    }
    Instant microsecondLater = latest.equals(Instant.MIN) ? now : latest.plusNanos(1_000);
    return now.isBefore(microsecondLater) ? microsecondLater : now;
  }

  private static Instant later(Instant one, Optional<Instant> other) {
    return other.filter(o -> o.isAfter(one)).orElse(one);
  }
}
