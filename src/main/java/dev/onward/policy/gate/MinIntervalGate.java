package dev.onward.policy.gate;

import dev.onward.model.InvalidValueException;
import dev.onward.policy.Candidate;
import dev.onward.policy.Gate;
import dev.onward.policy.Phrases;
import dev.onward.policy.Verdict;
import java.time.Duration;
import java.time.Instant;

/** Holds a release until the last deployment to the environment is long enough ago. */
public record MinIntervalGate(Duration interval) implements Gate {
  public MinIntervalGate {
    if (!interval.isPositive()) {
      throw new InvalidValueException("min_interval", interval.toString(), "more than no time");
    }
  }

  @Override
  public String name() {
    return GateType.MIN_INTERVAL.key();
  }

  @Override
  public Verdict judge(Candidate candidate) {
    if (candidate.deployments().isEmpty()) {
      return Verdict.passed(
          name(), "nothing was deployed to %s before".formatted(candidate.target()));
    }
    Instant last = candidate.deployments().getLast();
    Instant now = candidate.now();
    Instant ready = last.plus(interval);
    String deployed =
        "the last deployment to %s was %s ago"
            .formatted(candidate.target(), Phrases.duration(Duration.between(last, now)));
    return now.isBefore(ready)
        ? Verdict.heldUntil(
            name(),
            "%s, %s must pass: ready %s"
                .formatted(deployed, Phrases.duration(interval), Phrases.at(ready, now)),
            ready)
        : Verdict.passed(name(), deployed);
  }
}
