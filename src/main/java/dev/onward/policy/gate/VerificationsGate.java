package dev.onward.policy.gate;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.policy.Candidate;
import dev.onward.policy.ExternalQuery;
import dev.onward.policy.ExternalQuery.CheckPasses;
import dev.onward.policy.ExternalResult;
import dev.onward.policy.Gate;
import dev.onward.policy.Phrases;
import dev.onward.policy.SoakPeriod;
import dev.onward.policy.Verdict;
import dev.onward.policy.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds a release until checks of the source environment have passed for long enough.
 *
 * <p>They run while the release runs there and the parameters are all its own. A release that a
 * newer one superseded there keeps the results from before.
 */
public record VerificationsGate(List<Verification> verifications) implements Gate {
  private static final DateTimeFormatter TIME = utc("HH:mm:ss 'UTC'");
  private static final DateTimeFormatter DATE_AND_TIME = utc("yyyy-MM-dd HH:mm:ss 'UTC'");

  public VerificationsGate {
    if (verifications.isEmpty()) {
      throw new InvalidValueException("verifications", "", "at least one verification");
    }
    verifications = List.copyOf(verifications);
  }

  @Override
  public String name() {
    return GateType.VERIFICATIONS.key();
  }

  @Override
  public List<ExternalQuery> queries(Candidate candidate) {
    if (!(candidate.source() instanceof EnvironmentId source) || isUnsettled(candidate)) {
      return List.of();
    }
    return verifications.stream().map(check -> query(source, candidate, check)).toList();
  }

  @Override
  public Verdict judge(Candidate candidate) {
    if (!(candidate.source() instanceof EnvironmentId source)) {
      return Verdict.held(
          name(), "only environments can be verified: %s is a label".formatted(candidate.source()));
    }
    if (isUnsettled(candidate)) {
      return Verdict.held(
          name(),
          "%s is not checked while its parameters %s"
              .formatted(
                  source,
                  candidate.convergedInSource() && !candidate.sourceDrift().isEmpty()
                      ? "are not what they should be"
                      : "are being written"));
    }
    List<Finding> findings =
        verifications.stream().map(check -> find(source, candidate, check)).toList();
    String sentence = findings.stream().map(Finding::text).collect(Collectors.joining("; "));
    if (findings.stream().allMatch(Finding::passed)) {
      return Verdict.passed(name(), sentence);
    }
    Optional<Instant> nextEvaluation =
        findings.stream()
            .map(Finding::nextEvaluation)
            .flatMap(Optional::stream)
            .max(Instant::compareTo);
    return new Verdict.Held(name(), sentence, nextEvaluation);
  }

  /** What is known of one check. */
  private record Finding(boolean passed, String text, Optional<Instant> nextEvaluation) {}

  private static Finding find(EnvironmentId source, Candidate candidate, Verification check) {
    return candidate
        .result(query(source, candidate, check))
        .map(result -> find(candidate, check, result))
        .orElseGet(() -> held(check, "not checked yet"));
  }

  private static Finding find(Candidate candidate, Verification check, ExternalResult result) {
    return switch (result) {
      case ExternalResult.Check known -> find(candidate, check, known);
      case ExternalResult.Unknown(String reason) -> held(check, reason);
      case ExternalResult.Calendar calendar -> held(check, "not checked yet");
    };
  }

  private static Finding find(Candidate candidate, Verification check, ExternalResult.Check known) {
    String checkedAt = "checked " + moment(known.at(), candidate.now());
    if (candidate.runsInSource() && isStale(check, known, candidate.now())) {
      return held(check, "last " + checkedAt);
    }
    return known
        .passingSince()
        .map(since -> passing(candidate, check, notBeforeItCame(since, candidate), known.at()))
        .orElseGet(() -> held(check, "failing: %s (%s)".formatted(known.result(), checkedAt)));
  }

  private static Finding passing(
      Candidate candidate, Verification check, Instant since, Instant checkedAt) {
    // What no longer runs there gains nothing by waiting.
    Instant until = candidate.runsInSource() ? candidate.now() : checkedAt;
    Duration passed = Duration.between(since, until);
    Duration needed = check.holdFor();
    if (needed.isZero()) {
      return new Finding(true, check.name() + ": passing", Optional.empty());
    }
    if (passed.compareTo(needed) >= 0) {
      String text = "%s: passing for %s".formatted(check.name(), Phrases.duration(passed));
      return new Finding(true, text, Optional.empty());
    }
    String progress = "%s of %s".formatted(Phrases.duration(passed), Phrases.duration(needed));
    return candidate.runsInSource()
        ? new Finding(
            false,
            "%s: passing for %s".formatted(check.name(), progress),
            Optional.of(since.plus(needed)))
        : held(
            check,
            "passed for %s before %s took another release".formatted(progress, candidate.source()));
  }

  private static Finding held(Verification check, String text) {
    return new Finding(false, check.name() + ": " + text, Optional.empty());
  }

  /** What was found while another release ran there says nothing of this one. */
  private static Instant notBeforeItCame(Instant since, Candidate candidate) {
    return candidate.soakPeriods().stream()
        .map(SoakPeriod::from)
        .max(Instant::compareTo)
        .filter(since::isBefore)
        .orElse(since);
  }

  private static boolean isStale(Verification check, ExternalResult.Check known, Instant now) {
    return known.at().plus(check.freshFor()).isBefore(now);
  }

  /** A check of anything else than exactly this release would not apply to it. */
  private static boolean isUnsettled(Candidate candidate) {
    return candidate.runsInSource() && !candidate.settledInSource();
  }

  /** To the second: checks are often less than a minute apart. */
  private static String moment(Instant at, Instant now) {
    boolean today = at.truncatedTo(ChronoUnit.DAYS).equals(now.truncatedTo(ChronoUnit.DAYS));
    return (today ? TIME : DATE_AND_TIME).format(at);
  }

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  private static ExternalQuery query(
      EnvironmentId source, Candidate candidate, Verification check) {
    return new CheckPasses(source, candidate.release().id(), candidate.runsInSource(), check);
  }
}
