package dev.onward.policy.gate;

import dev.onward.model.intervention.Freeze;
import dev.onward.policy.EnvironmentContext;
import dev.onward.policy.EnvironmentGate;
import dev.onward.policy.Phrases;
import dev.onward.policy.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds a release during freezes: the manifest's, and those that operators set. */
public record FreezesGate(List<PlannedFreeze> planned) implements EnvironmentGate {
  public FreezesGate {
    planned = List.copyOf(planned);
  }

  @Override
  public String name() {
    return GateType.FREEZES.key();
  }

  @Override
  public Verdict judge(EnvironmentContext situation) {
    Instant now = situation.now();
    List<Span> spans = spans(situation);
    List<Span> inForce = spans.stream().filter(span -> span.covers(now)).toList();
    if (inForce.isEmpty()) {
      return Verdict.passed(name(), "no freeze is in force" + next(spans, now));
    }
    String reasons = inForce.stream().map(Span::words).collect(Collectors.joining("; "));
    return new Verdict.Held(name(), reasons, end(spans, now));
  }

  /**
   * A freeze, from the manifest or set by an operator.
   *
   * @param to exclusive end; absent if it has none
   */
  private record Span(Instant from, Optional<Instant> to, String words) {
    boolean covers(Instant time) {
      return !from.isAfter(time) && !endsBy(time);
    }

    boolean endsBy(Instant time) {
      return to.filter(end -> !end.isAfter(time)).isPresent();
    }
  }

  private List<Span> spans(EnvironmentContext situation) {
    Instant now = situation.now();
    return Stream.concat(
            planned.stream().map(freeze -> span(freeze, now)),
            Stream.of(situation.globalInterventions(), situation.project())
                .flatMap(interventions -> interventions.freezes(situation.target(), now).stream())
                .map(freeze -> span(freeze, now)))
        .toList();
  }

  private static Span span(PlannedFreeze freeze, Instant now) {
    Instant from = freeze.from().toInstant();
    Instant to = freeze.to().toInstant();
    String words =
        "frozen by the manifest %s %s: %s"
            .formatted(Phrases.since(from, now), Phrases.until(to, now), freeze.reason());
    return new Span(from, Optional.of(to), words);
  }

  private static Span span(Freeze freeze, Instant now) {
    Instant since = freeze.from().orElse(freeze.set().at());
    String words =
        "frozen %s (freeze '%s')"
            .formatted(Phrases.attribution(freeze.set(), since, now), freeze.id());
    // Without a beginning it holds at once, even if it was set by a clock that is ahead.
    return new Span(freeze.from().orElse(Instant.MIN), freeze.set().until(), words);
  }

  /** The first time without any freeze, across freezes that follow or overlap each other. */
  private static Optional<Instant> end(List<Span> spans, Instant now) {
    Instant free = now;
    while (true) {
      Instant reached = free;
      List<Span> covering = spans.stream().filter(span -> span.covers(reached)).toList();
      if (covering.isEmpty()) {
        return Optional.of(free);
      }
      if (covering.stream().anyMatch(span -> span.to().isEmpty())) {
        return Optional.empty();
      }
      free = covering.stream().flatMap(span -> span.to().stream()).max(Instant::compareTo).get();
    }
  }

  private static String next(List<Span> spans, Instant now) {
    return spans.stream()
        .map(Span::from)
        .filter(from -> from.isAfter(now))
        .min(Comparator.naturalOrder())
        .map(from -> "; the next begins " + Phrases.at(from, now))
        .orElse("");
  }
}
