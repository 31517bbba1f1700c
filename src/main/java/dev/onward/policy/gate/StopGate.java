package dev.onward.policy.gate;

import dev.onward.model.intervention.Attribution;
import dev.onward.policy.EnvironmentContext;
import dev.onward.policy.EnvironmentGate;
import dev.onward.policy.Phrases;
import dev.onward.policy.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds everything while an operator has stopped it: this project, or all of them. */
record StopGate() implements EnvironmentGate {
  @Override
  public String name() {
    return GateType.STOP.key();
  }

  @Override
  public Verdict judge(EnvironmentContext situation) {
    Instant now = situation.now();
    Optional<Attribution> all = situation.globalInterventions().stop(now);
    Optional<Attribution> project = situation.project().stop(now);
    if (all.isEmpty() && project.isEmpty()) {
      return Verdict.passed(name(), "nothing is stopped");
    }
    List<String> reasons =
        Stream.concat(
                all
                    .map(
                        attribution ->
                            "everything stopped " + Phrases.attribution(attribution, now))
                    .stream(),
                project
                    .map(
                        attribution ->
                            "the project stopped " + Phrases.attribution(attribution, now))
                    .stream())
            .toList();
    return new Verdict.Held(name(), String.join("; ", reasons), end(all, project));
  }

  /** The later end of the two; absent if either has none. */
  private static Optional<Instant> end(Optional<Attribution> all, Optional<Attribution> project) {
    List<Attribution> stops = Stream.concat(all.stream(), project.stream()).toList();
    return stops.stream().anyMatch(attribution -> attribution.until().isEmpty())
        ? Optional.empty()
        : stops.stream()
            .flatMap(attribution -> attribution.until().stream())
            .max(Instant::compareTo);
  }
}
