package dev.onward.plan;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.Release;
import dev.onward.policy.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The state of an environment: what is deployed, what could be promoted next, and why it is not.
 *
 * @param source where releases come from; absent without a promotion policy
 * @param current the deployment in force
 * @param currentRelease its release; absent only if it is missing from the releases table
 * @param candidate the release that is promoted next, once its verdicts allow it
 * @param skipped releases that are not considered, each with its reason
 * @param sync how the deployed release relates to the source's; absent without a promotion policy,
 *     and while neither has a release
 * @param drift parameters that differ from the current release after convergence
 * @param unmanaged services with a parameter here that the current release does not name; left
 *     unchanged
 * @param held the gates that hold the candidate; without one, the stops, holds and freezes that
 *     would hold any
 * @param state in one word
 * @param summary in one sentence
 * @param nextEvaluation when all holding gates are expected to pass without an operator's action;
 *     absent if one waits for an operator
 * @param rejection who rejected the deployed release, and why
 * @param blocked services whose parameters differ and cannot be overwritten until an operator
 *     intervenes
 */
public record EnvironmentExplanation(
    EnvironmentId environment,
    String name,
    Optional<Source> source,
    Optional<DeployedRelease> current,
    Optional<Release> currentRelease,
    Optional<CandidateExplanation> candidate,
    List<Skipped> skipped,
    Behind behind,
    Optional<SourceSync> sync,
    boolean converged,
    List<Drifted> drift,
    SortedSet<ServiceId> unmanaged,
    List<Verdict> held,
    State state,
    String summary,
    Optional<Instant> nextEvaluation,
    Optional<Attribution> rejection,
    SortedSet<ServiceId> blocked) {
  public EnvironmentExplanation {
    skipped = List.copyOf(skipped);
    drift = List.copyOf(drift);
    blocked = Collections.unmodifiableSortedSet(new TreeSet<>(blocked));
    held = List.copyOf(held);
    unmanaged = Collections.unmodifiableSortedSet(new TreeSet<>(unmanaged));
  }

  /** The state of an environment. */
  public enum State {
    /** Nothing was ever deployed, and nothing is available. */
    EMPTY,
    /** No promotion policy: the environment is only observed. */
    UNMANAGED,
    /** It has the same release as its source. */
    IN_SYNC,
    /** Its source has a newer release that cannot be found, so that it is no candidate. */
    BEHIND,
    /** It has a release that its source no longer has, or does not have yet. */
    AHEAD,
    /** Its release does not belong to its source's line, and the source has no newer one. */
    DIVERGED,
    /** A newer release is being promoted. */
    PROMOTING,
    /** A gate holds a newer release, or an intervention or a freeze holds any. */
    HELD,
    /** Newer releases exist, but none may be considered. */
    PAUSED,
    /** The parameters are still to be written. */
    CONVERGING
  }

  /**
   * The release that is promoted next, with every gate's verdict in the documented order.
   *
   * @param readyAt when all gates are expected to pass without an operator's action, where known
   */
  public record CandidateExplanation(
      Release release, List<Verdict> verdicts, Optional<Instant> readyAt) {
    public CandidateExplanation {
      verdicts = List.copyOf(verdicts);
    }

    public boolean passed() {
      return held().isEmpty();
    }

    /** The verdicts that hold it. */
    public List<Verdict> held() {
      return verdicts.stream().filter(verdict -> !verdict.passed()).toList();
    }
  }

  /**
   * A release of the source that is not considered, and why.
   *
   * @param gone whether the source was rolled back from it and so no longer has it
   */
  public record Skipped(Release release, String reason, boolean gone) {}

  /**
   * Release drift.
   *
   * @param releases how many releases of the source are newer than the current one, except those
   *     the source was rolled back from
   * @param since since when the source has offered the oldest of them: how long the environment has
   *     been behind
   */
  public record Behind(int releases, Optional<Instant> since) {
    public static final Behind NONE = new Behind(0, Optional.empty());
  }

  /**
   * One parameter that differs from the current deployment.
   *
   * @param found a description of the value found; absent if the parameter is missing
   */
  public record Drifted(ServiceId service, ImageRef expected, Optional<String> found) {}
}
