package dev.onward.policy.gate;

import dev.onward.model.InvalidValueException;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.policy.Candidate;
import dev.onward.policy.Gate;
import dev.onward.policy.Phrases;
import dev.onward.policy.SoakPeriod;
import dev.onward.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds a release until it has been in the source environment for long enough without a break. For
 * a release that a newer one has replaced there, its longest period counts.
 */
public record SoakGate(Duration soak) implements Gate {
  public SoakGate {
    if (!soak.isPositive()) {
      throw new InvalidValueException("soak", soak.toString(), "more than no time");
    }
  }

  @Override
  public String name() {
    return GateType.SOAK.key();
  }

  @Override
  public Verdict judge(Candidate candidate) {
    Duration longest =
        candidate.soakPeriods().stream()
            .map(soakPeriod -> soakPeriod.length(candidate.now()))
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    if (longest.compareTo(soak) >= 0) {
      return Verdict.passed(
          name(), "soaked in %s for %s".formatted(candidate.source(), Phrases.duration(longest)));
    }
    return candidate.runsInSource() ? soaking(candidate) : replaced(candidate, longest);
  }

  private Verdict soaking(Candidate candidate) {
    if (!candidate.sourceDrift().isEmpty()) {
      return Verdict.held(
          name(),
          "the parameters of %s drifted (%s): soaking begins again when they are right"
              .formatted(candidate.source(), Phrases.services(candidate.sourceDrift())));
    }
    Optional<SoakPeriod> open =
        candidate.soakPeriods().stream()
            .filter(soakPeriod -> soakPeriod.to().isEmpty())
            .findFirst();
    if (open.isEmpty()) {
      return Verdict.held(
          name(),
          "soaking for %s begins when the parameters of %s are written"
              .formatted(Phrases.duration(soak), candidate.source()));
    }
    Instant ready = open.get().from().plus(soak);
    return Verdict.heldUntil(
        name(),
        "soaking in %s: %s of %s, ready %s"
            .formatted(
                candidate.source(),
                Phrases.duration(open.get().length(candidate.now())),
                Phrases.duration(soak),
                Phrases.at(ready, candidate.now())),
        ready);
  }

  private Verdict replaced(Candidate candidate, Duration longest) {
    String reason =
        candidate.soakPeriods().isEmpty()
            ? "is not among the last %s deployments of %s, where it must soak for %s"
                .formatted(
                    EnvironmentHead.HISTORY_LIMIT, candidate.source(), Phrases.duration(soak))
            : "was in %s for only %s of %s"
                .formatted(candidate.source(), Phrases.duration(longest), Phrases.duration(soak));
    return Verdict.held(name(), reason);
  }
}
