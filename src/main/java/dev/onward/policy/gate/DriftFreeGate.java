package dev.onward.policy.gate;

import dev.onward.policy.Candidate;
import dev.onward.policy.Gate;
import dev.onward.policy.Phrases;
import dev.onward.policy.Verdict;

/** Holds a release while the source environment's parameters are not what they should be. */
public record DriftFreeGate() implements Gate {
  @Override
  public String name() {
    return GateType.DRIFT_FREE.key();
  }

  @Override
  public Verdict judge(Candidate candidate) {
    return candidate.sourceDrift().isEmpty()
        ? Verdict.passed(
            name(), "parameters of %s are what they should be".formatted(candidate.source()))
        : Verdict.held(
            name(),
            "parameters of %s are not what they should be: %s"
                .formatted(candidate.source(), Phrases.services(candidate.sourceDrift())));
  }
}
