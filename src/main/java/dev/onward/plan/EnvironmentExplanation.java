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
 * What is in an environment, what could come next, and why it does not.
 *
 * @param source where releases come from; absent without a promotion policy
 * @param current the deployment in force
 * @param currentRelease its release; absent only if the releases table has lost it
 * @param candidate the release that goes next, or would if its verdicts let it
 * @param skipped releases that will not be considered, each with its reason
 * @param sync how what is deployed relates to what the source has; absent without a promotion
 *     policy, and while neither has anything
 * @param drift parameters that differ from the current release once converged
 * @param unmanaged services that have a parameter here but are not named by the current release;
 *     left alone
 * @param held the gates that hold the candidate; while there is none, the stops, holds and freezes
 *     that would hold whatever came
 * @param state in a word
 * @param summary in a sentence
 * @param nextEvaluation when every gate that holds will have let go without anybody doing anything;
 *     absent if one waits for people
 * @param rejection who rejected the release that is deployed here, and why
 * @param blocked services whose parameters differ and cannot be overwritten, until a person acts
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

  /** Where an environment stands. */
  public enum State {
    /** Nothing was ever deployed and nothing can be. */
    EMPTY,
    /** No promotion policy: Onward only watches. */
    UNMANAGED,
    /** It has the release that its source has. */
    IN_SYNC,
    /** Its source has a newer release that cannot be found, so that it is no candidate. */
    BEHIND,
    /** It has a release that its source no longer has, or does not have yet. */
    AHEAD,
    /** Its release is not of its source's line, and the source has none that is newer. */
    DIVERGED,
    /** A newer release is on its way in. */
    PROMOTING,
    /** A gate holds a newer release, or an operator or a freeze whatever comes. */
    HELD,
    /** Newer releases are there but none may be considered. */
    PAUSED,
    /** The parameters are still to be written. */
    CONVERGING
  }

  /**
   * The release that goes next, with every gate's verdict in the documented order.
   *
   * @param readyAt when all of them will let it go without anybody doing anything, where known
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
   * @param gone whether the source went back from it, and so does not have it any more
   */
  public record Skipped(Release release, String reason, boolean gone) {}

  /**
   * Release drift.
   *
   * @param releases how many releases of the source are newer than the current one; not those that
   *     the source went back from
   * @param since since when the source has offered the oldest of them: how long the environment is
   *     behind
   */
  public record Behind(int releases, Optional<Instant> since) {
    public static final Behind NONE = new Behind(0, Optional.empty());
  }

  /**
   * One parameter that is not what the current deployment says.
   *
   * @param found what is there instead, in words; absent if the parameter is missing
   */
  public record Drifted(ServiceId service, ImageRef expected, Optional<String> found) {}
}
