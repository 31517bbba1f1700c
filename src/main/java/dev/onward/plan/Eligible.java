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
 * @param soakPeriods when it was continuously in the source environment; none for a label
 * @param current whether it is the source environment's current release
 * @param gone whether the source was rolled back from it and so no longer has it
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

  /**
   * Whether the source environment's observed parameters, not only planned ones, match this
   * release.
   */
  boolean isSettledIn(ObservedEnvironment source) {
    return current
        && !source.planned()
        && soakPeriods.stream().anyMatch(soakPeriod -> soakPeriod.to().isEmpty());
  }
}
