package dev.onward.policy.gate;

import dev.onward.model.intervention.Attribution;
import dev.onward.policy.EnvironmentContext;
import dev.onward.policy.EnvironmentGate;
import dev.onward.policy.Phrases;
import dev.onward.policy.Verdict;
import java.util.Optional;

/** Holds everything while an operator holds the environment. */
record HoldGate() implements EnvironmentGate {
  @Override
  public String name() {
    return GateType.HOLD.key();
  }

  @Override
  public Verdict judge(EnvironmentContext situation) {
    Optional<Attribution> hold = situation.project().hold(situation.target(), situation.now());
    if (hold.isEmpty()) {
      return Verdict.passed(name(), "nobody holds %s".formatted(situation.target()));
    }
    Attribution attribution = hold.get();
    return new Verdict.Held(
        name(),
        "%s held %s"
            .formatted(situation.target(), Phrases.attribution(attribution, situation.now())),
        attribution.until());
  }
}
