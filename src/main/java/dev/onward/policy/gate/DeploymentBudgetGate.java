package dev.onward.policy.gate;

import dev.onward.model.InvalidValueException;
import dev.onward.policy.Candidate;
import dev.onward.policy.Gate;
import dev.onward.policy.Phrases;
import dev.onward.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Holds a release while too many deployments to the environment were made of late: a sliding window
 * that ends now.
 */
public record DeploymentBudgetGate(int deployments, Duration per) implements Gate {
  /** As many deployments as an environment's history is sure to keep. */
  public static final int MOST_DEPLOYMENTS = 30;

  public DeploymentBudgetGate {
    if (deployments < 1 || deployments > MOST_DEPLOYMENTS) {
      throw new InvalidValueException(
          "budget's deployments",
          Integer.toString(deployments),
          "1 to %s".formatted(MOST_DEPLOYMENTS));
    }
    if (!per.isPositive()) {
      throw new InvalidValueException("budget's per", per.toString(), "more than no time");
    }
  }

  @Override
  public String name() {
    return GateType.BUDGET.key();
  }

  @Override
  public Verdict judge(Candidate candidate) {
    Instant now = candidate.now();
    // Those of a clock that is ahead of this one were made all the same, and count.
    List<Instant> counted =
        candidate.deployments().stream().filter(at -> at.plus(per).isAfter(now)).toList();
    String spent =
        "%s of %s deployments in the last %s"
            .formatted(counted.size(), deployments, Phrases.duration(per));
    if (counted.size() < deployments) {
      return Verdict.passed(name(), spent);
    }
    Instant next = counted.get(counted.size() - deployments).plus(per);
    return Verdict.heldUntil(
        name(), "%s; the next may go %s".formatted(spent, Phrases.at(next, now)), next);
  }
}
