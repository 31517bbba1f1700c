package dev.onward.plan;

import dev.onward.model.DeployedRelease;
import dev.onward.model.EnvironmentId;
import dev.onward.model.ImageRef;
import dev.onward.model.Intervention;
import dev.onward.model.Release;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
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
 * @param drift parameters that differ from the current release once converged
 * @param unnamed services that have a parameter here but are not named by the current release; left
 *     alone
 * @param state in a word
 * @param summary in a sentence
 * @param lookAgain when every gate that holds the candidate will have let go without anybody doing
 *     anything; absent if one waits for people
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
    boolean converged,
    List<Drifted> drift,
    SortedSet<ServiceId> unnamed,
    State state,
    String summary,
    Optional<Instant> lookAgain,
    Optional<Intervention> rejection,
    SortedSet<ServiceId> blocked) {
  public EnvironmentExplanation {
    skipped = List.copyOf(skipped);
    drift = List.copyOf(drift);
    blocked = Collections.unmodifiableSortedSet(new TreeSet<>(blocked));
    unnamed = Collections.unmodifiableSortedSet(new TreeSet<>(unnamed));
  }

  /** Where an environment stands. */
  public enum State {
    /** Nothing was ever deployed and nothing can be. */
    EMPTY,
    /** No promotion policy: Onward only watches. */
    UNMANAGED,
    /** Nothing newer in the source. */
    IN_STEP,
    /** A newer release is on its way in. */
    PROMOTING,
    /** A newer release is there and a gate holds it. */
    HELD,
    /** Newer releases are there but none may be considered, after a person deployed. */
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
      return verdicts.stream().allMatch(Verdict::passed);
    }
  }

  /** A release of the source that is not considered, and why. */
  public record Skipped(Release release, String reason) {}

  /**
   * Release drift.
   *
   * @param releases how many releases of the source are newer than the current one
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
