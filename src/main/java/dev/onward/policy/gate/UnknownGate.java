package dev.onward.policy.gate;

import dev.onward.policy.Candidate;
import dev.onward.policy.Gate;
import dev.onward.policy.Verdict;

/**
 * A gate that a manifest names and this version does not know. Ignoring it could promote a release
 * that was meant to be held, so it holds.
 */
public record UnknownGate(String name) implements Gate {
  @Override
  public Verdict judge(Candidate candidate) {
    return Verdict.held(
        name,
        "the policy of %s names the gate '%s', which this version of Onward does not know"
            .formatted(candidate.target(), name));
  }
}
