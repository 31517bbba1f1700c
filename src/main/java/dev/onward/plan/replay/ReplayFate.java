package dev.onward.plan.replay;

import dev.onward.model.release.ReleaseId;
import dev.onward.policy.Verdict;
import java.time.Instant;
import java.util.List;

/** The result of one release in one environment. */
public sealed interface ReplayFate {
  /**
   * It would have been deployed.
   *
   * @param byPerson whether that is a person's recorded deployment rather than the policy's
   */
  record Deployed(Instant at, boolean byPerson) implements ReplayFate {}

  /** A newer release would have been deployed before this one could be. */
  record Superseded(ReleaseId by, Instant at) implements ReplayFate {}

  /** At the end it would still have been held by these gates. */
  record Held(List<Verdict> verdicts) implements ReplayFate {
    public Held {
      verdicts = List.copyOf(verdicts);
    }
  }

  /** It would not have been considered. */
  record NotConsidered(String reason) implements ReplayFate {}
}
