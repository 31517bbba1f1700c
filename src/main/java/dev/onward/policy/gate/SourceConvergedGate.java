package dev.onward.policy.gate;

import dev.onward.policy.Candidate;
import dev.onward.policy.Gate;
import dev.onward.policy.Verdict;

/** Holds a release until its source environment's parameters really name its images. */
record SourceConvergedGate() implements Gate {
  @Override
  public String name() {
    return GateType.SOURCE_CONVERGED.key();
  }

  @Override
  public Verdict judge(Candidate candidate) {
    return candidate.convergedInSource()
        ? Verdict.passed(name(), "%s has it".formatted(candidate.source()))
        : Verdict.held(
            name(), "the parameters of %s are still being written".formatted(candidate.source()));
  }
}
