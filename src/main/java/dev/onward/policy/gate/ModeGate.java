package dev.onward.policy.gate;

import dev.onward.policy.Candidate;
import dev.onward.policy.Gate;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.Verdict;

/** Holds everything where the policy's mode is manual: a person decides. */
record ModeGate(PromotionMode mode) implements Gate {
  @Override
  public String name() {
    return GateType.MODE.key();
  }

  @Override
  public Verdict judge(Candidate candidate) {
    return switch (mode) {
      case AUTO -> Verdict.passed(name(), "promotes automatically");
      case MANUAL ->
          Verdict.held(
              name(),
              "%s is promoted by hand: the policy's mode is manual".formatted(candidate.target()));
    };
  }
}
