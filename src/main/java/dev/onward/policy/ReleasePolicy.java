package dev.onward.policy;

import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When the image set under a label becomes a release.
 *
 * @param quietPeriod the set must have been still this long; zero turns the wait off
 * @param maxWait cut anyway after this much uninterrupted change
 * @param services wait until all of these are present; empty means whatever is there
 */
public record ReleasePolicy(
    Label fromLabel, Duration quietPeriod, Duration maxWait, SortedSet<ServiceId> services) {
  public static final Label DEFAULT_LABEL = new Label("latest");
  public static final Duration DEFAULT_QUIET_PERIOD = Duration.ofSeconds(30);
  public static final Duration DEFAULT_MAX_WAIT = Duration.ofMinutes(10);

  public static final ReleasePolicy DEFAULT =
      new ReleasePolicy(
          DEFAULT_LABEL, DEFAULT_QUIET_PERIOD, DEFAULT_MAX_WAIT, Collections.emptySortedSet());

  public ReleasePolicy {
    services = Collections.unmodifiableSortedSet(new TreeSet<>(services));
  }
}
