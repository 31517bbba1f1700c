package dev.onward.policy;

import dev.onward.model.Intervention;
import java.util.Optional;

/** Holds everything while an operator holds the environment. */
record HoldGate() implements Gate {
  @Override
  public String name() {
    return "hold";
  }

  @Override
  public Verdict judge(Candidate candidate) {
    Optional<Intervention> hold = candidate.project().hold(candidate.target(), candidate.now());
    if (hold.isEmpty()) {
      return Verdict.passed(name(), "nobody holds %s".formatted(candidate.target()));
    }
    Intervention said = hold.get();
    return new Verdict.Held(
        name(),
        "%s held %s".formatted(candidate.target(), Phrases.said(said, candidate.now())),
        said.until());
  }
}
