package dev.onward.plan;

import dev.onward.model.release.Release;
import dev.onward.policy.SoakPeriod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A release that a source offers to the environments that take releases from it.
 *
 * @param since from when it counts: its creation for a label, its deployment for an environment
 * @param soakPeriods when it was in the source environment without a break; none for a label
 * @param current whether it is what the source environment runs
 * @param gone whether the source went back from it: it is no longer the source's
 * @param unavailable why it cannot be taken although it is newer, such as a rollback in the source
 */
public record Eligible(
    Release release,
    Instant since,
    List<SoakPeriod> soakPeriods,
    boolean current,
    boolean gone,
    Optional<String> unavailable) {
  public Eligible {
    soakPeriods = List.copyOf(soakPeriods);
  }

  /** Whether the source environment was seen, not only planned, to be wholly this release's. */
  boolean isSettledIn(ObservedEnvironment source) {
    return current
        && !source.planned()
        && soakPeriods.stream().anyMatch(soakPeriod -> soakPeriod.to().isEmpty());
  }
}
