package dev.onward.policy;

import dev.onward.model.Intervention;
import java.util.Optional;

/** Holds everything while an operator holds the environment. */
record HoldGate() implements StandingGate {
  @Override
  public String name() {
    return "hold";
  }

  @Override
  public Verdict judge(Situation situation) {
    Optional<Intervention> hold = situation.project().hold(situation.target(), situation.now());
    if (hold.isEmpty()) {
      return Verdict.passed(name(), "nobody holds %s".formatted(situation.target()));
    }
    Intervention said = hold.get();
    return new Verdict.Held(
        name(),
        "%s held %s".formatted(situation.target(), Phrases.said(said, situation.now())),
        said.until());
  }
}
