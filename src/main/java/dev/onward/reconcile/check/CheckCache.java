package dev.onward.reconcile.check;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.ReleaseId;
import dev.onward.policy.ExternalQuery.CheckPasses;
import dev.onward.policy.ExternalResult;
import dev.onward.policy.Verification;
import dev.onward.store.VerificationProbe.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The results of external checks for one project, kept in memory only: after a restart every
 * verification starts again, since nothing was probed meanwhile. Used by one cycle at a time.
 */
public final class CheckCache {
  /** How long a calendar's state is cached, unless it names an earlier transition. */
  private static final Duration CALENDAR_KEPT = Duration.ofMinutes(1);

  /** Long enough not to repeat it within a cycle; the next cycle should notice a recovery. */
  private static final Duration FAILURE_KEPT = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private final Recent<String, KnownCalendar> calendars;
  private final Recent<Check, Looks> checks;

  public CheckCache(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.calendars = new Recent<>(nanoTime);
    this.checks = new Recent<>(nanoTime);
  }

  private record KnownCalendar(ExternalResult result, long askedAt) {}

  /** The identity of a check, whether or not its release is still deployed. */
  private record Check(EnvironmentId source, ReleaseId release, Verification verification) {
    static Check of(CheckPasses query) {
      return new Check(query.source(), query.release(), query.verification());
    }
  }

  /**
   * The results of one check so far.
   *
   * @param at the newest result, by the wall clock and by the monotonic one
   * @param passingSince the first of the current run of passing results
   */
  private record Looks(Moment at, Optional<Moment> passingSince, String result) {
    /** Its age is measured by the monotonic clock: correcting the wall clock does not change it. */
    ExternalResult answer() {
      Optional<Instant> since =
          passingSince.map(first -> at.wall().minusNanos(at.nanos() - first.nanos()));
      return new ExternalResult.Check(since, at.wall(), result);
    }
  }

  private record Moment(Instant wall, long nanos) {}

  Optional<ExternalResult> calendar(String nameOrArn, Instant now) {
    return calendars
        .get(nameOrArn)
        .filter(known -> since(known.askedAt()).compareTo(kept(known.result())) < 0)
        .map(KnownCalendar::result)
        .filter(answer -> !isOver(answer, now));
  }

  void rememberCalendar(String nameOrArn, ExternalResult answer) {
    calendars.put(nameOrArn, new KnownCalendar(answer, nanoTime.getAsLong()));
  }

  /** The newest result, whatever its age. */
  Optional<ExternalResult> check(CheckPasses query) {
    return checks.get(Check.of(query)).map(Looks::answer);
  }

  boolean isDue(CheckPasses query) {
    return checks
        .get(Check.of(query))
        .filter(looks -> isRecent(looks, query.verification().every()))
        .isEmpty();
  }

  /**
   * Records a result.
   *
   * @param longestGap between two results of one run: beyond it, the state in between is unknown,
   *     as is whether the release was deployed there throughout
   */
  ExternalResult rememberLook(CheckPasses query, Result result, Instant now, Duration longestGap) {
    var at = new Moment(now, nanoTime.getAsLong());
    Check check = Check.of(query);
    Optional<Moment> passingSince =
        result.passing()
            ? checks
                .get(check)
                .filter(looks -> since(looks.at().nanos()).compareTo(longestGap) <= 0)
                .flatMap(Looks::passingSince)
                .or(() -> Optional.of(at))
            : Optional.empty();
    var looks = new Looks(at, passingSince, result.result());
    checks.put(check, looks);
    return looks.answer();
  }

  private boolean isRecent(Looks looks, Duration every) {
    return since(looks.at().nanos()).compareTo(every) < 0;
  }

  private static Duration kept(ExternalResult answer) {
    return answer instanceof ExternalResult.Unknown ? FAILURE_KEPT : CALENDAR_KEPT;
  }

  private static boolean isOver(ExternalResult answer, Instant now) {
    return answer instanceof ExternalResult.Calendar(boolean open, var next)
        && next.filter(transition -> !transition.isAfter(now)).isPresent();
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(nanoTime.getAsLong() - nanos);
  }
}
