package dev.onward.plan.replay;

import dev.onward.model.release.ReleaseId;
import dev.onward.policy.Verdict;
import java.time.Instant;
import java.util.List;

/** What would have become of one release in one environment. */
public sealed interface ReplayFate {
  /**
   * It would have been deployed.
   *
   * @param byPerson whether that is a person's recorded deployment and not the policy's
   */
  record Deployed(Instant at, boolean byPerson) implements ReplayFate {}

  /** A newer release would have been there before it could go. */
  record Superseded(ReleaseId by, Instant at) implements ReplayFate {}

  /** At the end it would still have waited for these gates. */
  record Held(List<Verdict> verdicts) implements ReplayFate {
    public Held {
      verdicts = List.copyOf(verdicts);
    }
  }

  /** It would not have been considered. */
  record NotConsidered(String reason) implements ReplayFate {}
}
