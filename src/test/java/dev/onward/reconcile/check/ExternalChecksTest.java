package dev.onward.reconcile.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.ReleaseId;
import dev.onward.policy.ExternalQuery;
import dev.onward.policy.ExternalQuery.CalendarState;
import dev.onward.policy.ExternalQuery.CheckPasses;
import dev.onward.policy.ExternalResult;
import dev.onward.policy.Verification;
import dev.onward.policy.Verification.Http;
import dev.onward.reconcile.MovableClock;
import dev.onward.store.ChangeCalendars.CalendarAnswer;
import dev.onward.store.Failure;
import dev.onward.store.StoreException;
import dev.onward.store.VerificationProbe.Result;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ExternalChecksTest {
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final EnvironmentId STAGE = new EnvironmentId("stage");
  private static final ExternalQuery CALENDAR = new CalendarState("Releases");
  private static final CheckPasses CHECK = check("release", true);

  private final MovableClock clock = new MovableClock();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean passing = true;
  private Optional<Instant> nextTransition = Optional.empty();
  private Optional<Failure> failure = Optional.empty();
  private ExternalChecks checks = new ExternalChecks(this::look, INTERVAL);
  private CheckCache known = new CheckCache(clock::nanoTime);

  @Test
  void aCalendarIsAskedOnceAMinute() {
    assertThat(ask(CALENDAR)).isEqualTo(new ExternalResult.Calendar(true, Optional.empty()));
    advance("PT59S");
    ask(CALENDAR);
    assertThat(asked).hasValue(1);
    advance("PT1S");
    ask(CALENDAR);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aCalendarIsAskedAgainAtItsNextTransition() {
    nextTransition = Optional.of(clock.instant().plusSeconds(20));
    ask(CALENDAR);
    advance("PT19S");
    ask(CALENDAR);
    assertThat(asked).hasValue(1);
    advance("PT1S");
    ask(CALENDAR);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aCalendarThatCannotBeAskedIsAskedAgainInTheNextCycle() {
    failure = Optional.of(Failure.stalled("SSM GetCalendarState was denied"));
    assertThat(ask(CALENDAR))
        .isEqualTo(new ExternalResult.Unknown("SSM GetCalendarState was denied"));
    failure = Optional.empty();
    assertThat(ask(CALENDAR)).isInstanceOf(ExternalResult.Unknown.class);
    advance("PT15S");
    assertThat(ask(CALENDAR)).isInstanceOf(ExternalResult.Calendar.class);
  }

  @Test
  void anAnswerOnceGivenIsNotKeptWhenTheCalendarCannotBeAskedAnyMore() {
    ask(CALENDAR);
    failure = Optional.of(Failure.transientOne("no route"));
    advance("PT1M");
    assertThat(ask(CALENDAR)).isEqualTo(new ExternalResult.Unknown("no route"));
  }

  @Test
  void aCheckIsLookedAtOnceInItsInterval() {
    Instant first = clock.instant();
    assertThat(ask(CHECK)).isEqualTo(passing(first, first));
    advance("PT59S");
    assertThat(ask(CHECK)).isEqualTo(passing(first, first));
    assertThat(looks).hasValue(1);
    advance("PT1S");
    assertThat(ask(CHECK)).isEqualTo(passing(first, clock.instant()));
    assertThat(looks).hasValue(2);
  }

  @Test
  void aFailingLookEndsTheRun() {
    ask(CHECK);
    advance("PT1M");
    passing = false;
    assertThat(ask(CHECK))
        .isEqualTo(new ExternalResult.Check(Optional.empty(), clock.instant(), "status 503"));
    advance("PT1M");
    passing = true;
    assertThat(ask(CHECK)).isEqualTo(passing(clock.instant(), clock.instant()));
  }

  @Test
  void aProbeThatBreaksFailsItsCheckAndNothingElse() {
    checks =
        new ExternalChecks(
            verification -> {
              throw new IllegalArgumentException("https://user:secret@stage/");
            },
            INTERVAL);
    var results = checks.resolve(List.of(CHECK, CALENDAR), this::state, known, clock.instant());
    assertThat(results)
        .containsEntry(
            CHECK,
            new ExternalResult.Check(
                Optional.empty(),
                clock.instant(),
                "the check failed unexpectedly: IllegalArgumentException; see the log"))
        .containsEntry(CALENDAR, new ExternalResult.Calendar(true, Optional.empty()));
  }

  @Test
  void aTimeWithoutLooksEndsTheRun() {
    ask(CHECK);
    advance("PT3M5S");
    assertThat(ask(CHECK)).isEqualTo(passing(clock.instant().minusSeconds(185), clock.instant()));
    advance("PT3M6S");
    assertThat(ask(CHECK)).isEqualTo(passing(clock.instant(), clock.instant()));
  }

  @Test
  void cyclesThatAreFurtherApartThanLooksDoNotEndTheRun() {
    checks = new ExternalChecks(this::look, Duration.ofMinutes(10));
    Instant first = clock.instant();
    ask(CHECK);
    advance("PT10M");
    assertThat(ask(CHECK)).isEqualTo(passing(first, clock.instant()));
  }

  @Test
  void aWallClockThatIsPutForwardAgesNothing() {
    ask(CHECK);
    advance("PT1M");
    Instant corrected = clock.instant().plus(Duration.ofDays(1));
    assertThat(answer(corrected, CHECK)).isEqualTo(passing(corrected.minusSeconds(60), corrected));
  }

  @Test
  void aSupersededReleaseIsNotLookedAtButRemembered() {
    Instant first = clock.instant();
    ask(CHECK);
    advance("PT23H");
    assertThat(ask(check("release", false))).isEqualTo(passing(first, first));
    assertThat(looks).hasValue(1);
  }

  @Test
  void aReleaseThatWasNotVerifiedInTimeNeverWillBe() {
    assertThat(ask(check("release", false)))
        .isEqualTo(
            new ExternalResult.Unknown(
                "it is no longer deployed to stage, and was not verified while it was"));
    assertThat(looks).hasValue(0);
  }

  @Test
  void everyReleaseStartsAnew() {
    ask(CHECK);
    advance("PT1M");
    assertThat(ask(check("another", true))).isEqualTo(passing(clock.instant(), clock.instant()));
  }

  @Test
  void aRestartForgetsEverything() {
    ask(CHECK);
    advance("PT1M");
    known = new CheckCache(clock::nanoTime);
    assertThat(ask(CHECK)).isEqualTo(passing(clock.instant(), clock.instant()));
    known = new CheckCache(clock::nanoTime);
    assertThat(ask(check("release", false))).isInstanceOf(ExternalResult.Unknown.class);
  }

  @Test
  void whatNobodyAsksForADayIsForgotten() {
    ask(CHECK);
    advance("PT24H1S");
    assertThat(ask(check("release", false))).isInstanceOf(ExternalResult.Unknown.class);
  }

  @Test
  void checksAreLookedAtSideBySide() {
    var both = new CountDownLatch(2);
    checks =
        new ExternalChecks(
            verification -> {
              both.countDown();
              return new Result(wait(both), "together");
            },
            INTERVAL);
    var results =
        checks.resolve(
            List.of(CHECK, check("another", true), CALENDAR), this::state, known, clock.instant());
    assertThat(results).hasSize(3);
    assertThat(results.get(CHECK))
        .isEqualTo(
            new ExternalResult.Check(Optional.of(clock.instant()), clock.instant(), "together"));
  }

  private ExternalResult ask(ExternalQuery query) {
    return answer(clock.instant(), query);
  }

  private ExternalResult answer(Instant now, ExternalQuery query) {
    return checks.resolve(List.of(query), this::state, known, now).get(query);
  }

  private CalendarAnswer state(String calendar) {
    asked.incrementAndGet();
    failure.ifPresent(
        reason -> {
          throw new StoreException(reason);
        });
    return new CalendarAnswer(true, nextTransition);
  }

  private Result look(Verification verification) {
    looks.incrementAndGet();
    return passing ? new Result(true, "status 200") : new Result(false, "status 503");
  }

  private void advance(String duration) {
    clock.advance(Duration.parse(duration));
  }

  private static boolean wait(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ExternalResult passing(Instant since, Instant at) {
    return new ExternalResult.Check(Optional.of(since), at, "status 200");
  }

  private static CheckPasses check(String release, boolean current) {
    var probe = new Http(URI.create("http://stage/health"), 200, Optional.empty());
    return new CheckPasses(
        STAGE,
        new ReleaseId(release),
        current,
        new Verification("smoke", probe, Duration.ofMinutes(10), EVERY, Duration.ofSeconds(5)));
  }
}
