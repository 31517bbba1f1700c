package dev.onward.policy.gate;

import dev.onward.model.InvalidValueException;
import dev.onward.policy.Candidate;
import dev.onward.policy.Gate;
import dev.onward.policy.Phrases;
import dev.onward.policy.Verdict;
import java.time.Duration;
import java.time.Instant;

/** Holds a release until it is old enough. */
public record MinAgeGate(Duration age) implements Gate {
  public MinAgeGate {
    if (!age.isPositive()) {
      throw new InvalidValueException("min_age", age.toString(), "more than no time");
    }
  }

  @Override
  public String name() {
    return GateType.MIN_AGE.key();
  }

  @Override
  public Verdict judge(Candidate candidate) {
    Instant created = candidate.release().createdAt();
    Instant now = candidate.now();
    String old = Phrases.duration(Duration.between(created, now));
    Instant ready = created.plus(age);
    return now.isBefore(ready)
        ? Verdict.heldUntil(
            name(),
            "%s old, must be %s: ready %s"
                .formatted(old, Phrases.duration(age), Phrases.at(ready, now)),
            ready)
        : Verdict.passed(name(), "%s old".formatted(old));
  }
}
