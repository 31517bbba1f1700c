package dev.onward.reconcile.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.reconcile.MovableClock;
import dev.onward.reconcile.TestProjects;
import dev.onward.reconcile.observe.SkewCorrectedClock.Belief;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SkewCorrectedClockTest {
  private final MovableClock own = new MovableClock();
  private Duration jumped = Duration.ZERO;
  private final SkewCorrectedClock clock =
      new SkewCorrectedClock(() -> own.instant().plus(jumped), own::nanoTime);

  @Test
  void aClockThatAgreesWithTheStoresIsTrusted() {
    learnFromAStoreAheadBy(Duration.ofMillis(1_900));
    assertThat(clock.instant()).isEqualTo(own.instant());
  }

  @Test
  void oneThatIsBehindIsMovedForwardAndOneThatIsAheadBackOnceThreeAnswersAgree() {
    for (Duration off : List.of(Duration.ofHours(1), Duration.ofHours(-2))) {
      var fresh = new SkewCorrectedClock(own, own::nanoTime);
      assertThat(learn(fresh, off)).isEqualTo(Belief.UNDECIDED);
      assertThat(fresh.instant()).isEqualTo(own.instant());
      assertThat(learn(fresh, off)).isEqualTo(Belief.UNDECIDED);
      assertThat(learn(fresh, off)).isEqualTo(Belief.BELIEVED);
      assertThat(fresh.instant()).isBetween(at(off), at(off).plusSeconds(1));
      own.advance(Duration.ofHours(5));
      assertThat(learn(fresh, off)).isEqualTo(Belief.BELIEVED);
    }
  }

  @Test
  void oneThatWasCorrectedIsTrustedAgain() {
    for (int i = 0; i < SkewCorrectedClock.CONFIRMATIONS; i++) {
      learn(clock, Duration.ofHours(1));
    }
    learnFromAStoreAheadBy(Duration.ZERO);
    assertThat(clock.instant()).isEqualTo(own.instant());
  }

  @Test
  void aDateThatEarlierAnswersAndThisMachineContradictIsRefusedHoweverOftenItIsSaid() {
    learnFromAStoreAheadBy(Duration.ZERO);
    for (Duration lie :
        List.of(
            Duration.ofDays(73 * 365), // 2099
            Duration.ofDays(-56 * 365), // 1970
            Duration.ofHours(1),
            Duration.ofSeconds(-3))) {
      for (int i = 0; i < 5; i++) {
        assertThat(learn(clock, lie)).as("%s", lie).isEqualTo(Belief.REFUSED);
      }
      assertThat(clock.instant()).isEqualTo(own.instant());
    }
    assertThat(clock.refused()).isEqualTo(20);
    learnFromAStoreAheadBy(Duration.ZERO);
    assertThat(clock.refused()).isEqualTo(20);
  }

  @Test
  void anAbsurdDateIsNeverBelievedEvenOfTheFirstAnswers() {
    for (int i = 0; i < 5; i++) {
      assertThat(learn(clock, Duration.ofDays(73 * 365))).isEqualTo(Belief.UNDECIDED);
    }
    assertThat(clock.instant()).isEqualTo(own.instant());
    assertThat(learn(clock, Duration.ZERO)).isEqualTo(Belief.BELIEVED);
  }

  @Test
  void answersThatDifferFromOneAnotherConfirmNothing() {
    for (int hours = 1; hours < 8; hours++) {
      assertThat(learn(clock, Duration.ofHours(hours))).isEqualTo(Belief.UNDECIDED);
    }
    assertThat(clock.instant()).isEqualTo(own.instant());
  }

  @Test
  void aDateBeforeWhatTheStoreItselfHasDatedIsNotBelieved() {
    Optional<Instant> newest = Optional.of(own.instant().minus(Duration.ofMinutes(5)));
    for (int i = 0; i < 5; i++) {
      assertThat(clock.learn(clock.begin(), at(Duration.ofHours(-1)), newest))
          .isEqualTo(Belief.UNDECIDED);
    }
  }

  @Test
  void aMachineThatSleptIsBelievedForItsOwnClockAgrees() {
    learnFromAStoreAheadBy(Duration.ZERO);
    jumped = Duration.ofHours(3);
    assertThat(learn(clock, Duration.ofHours(3))).isEqualTo(Belief.BELIEVED);
    assertThat(clock.instant()).isEqualTo(at(Duration.ofHours(3)));
  }

  @Test
  void oneAnswerOf2099PassesNoGateAndDatesNothing() {
    for (boolean first : List.of(true, false)) {
      var estate = new TestProjects().publish("bags", "1");
      estate.clock.advance(Duration.ofMinutes(1));
      var replica = estate.replica();
      if (!first) {
        replica.cycle();
        estate.clock.advance(Duration.ofMinutes(1));
      }
      estate.publish("bags", "2");
      Instant now = estate.clock.instant();
      estate.parameters.dating(Instant.parse("2099-01-01T00:00:00Z"));
      replica.cycle();
      assertThat(estate.stage("bags")).as("the quiet period").doesNotEndWith(":2");
      assertThat(estate.releases.all())
          .allSatisfy(release -> assertThat(release.createdAt()).isBeforeOrEqualTo(now));
    }
  }

  @Test
  void aRefusedAnswerEndsNoQuietPeriodByAClockThatIsABitAhead() {
    Duration ahead = Duration.ofMillis(1_900);
    var estate = new TestProjects().publish("bags", "1");
    estate.clock.advance(Duration.ofMinutes(1));
    var replica = estate.replica(ahead);
    replica.cycle();
    estate.clock.advance(Duration.ofMinutes(1));
    estate.publish("bags", "2");
    Duration quiet = TestProjects.DESIRED.releases().quietPeriod();
    estate.clock.advance(quiet.minusMillis(1_500));
    estate.parameters.dating(Instant.parse("2099-01-01T00:00:00Z"));
    replica.cycle();
    assertThat(estate.stage("bags")).as("1.5 s too early").endsWith(":1");
    estate.clock.advance(Duration.ofSeconds(3));
    estate.parameters.dating(Instant.EPOCH);
    replica.cycle();
    assertThat(estate.stage("bags")).as("earlier answers say that it is over").endsWith(":2");
  }

  @Test
  void aSlowListingIsNoReasonToDoubtIt() {
    SkewCorrectedClock.Moment begun = clock.begin();
    own.advance(Duration.ofMinutes(3));
    clock.learn(begun, begun.wall().plusSeconds(1), Optional.empty());
    assertThat(clock.instant()).isEqualTo(own.instant());
  }

  @Test
  void aSlowAnswerDoesNotMakeTwoWitnessesOfAWrongClock() {
    SkewCorrectedClock.Moment begun = clock.begin();
    own.advance(Duration.ofSeconds(20));
    assertThat(clock.learn(begun, at(Duration.ofSeconds(-10)), Optional.empty()))
        .as("answered at some moment of 20 s")
        .isEqualTo(Belief.BELIEVED);
    learnFromAStoreAheadBy(Duration.ofSeconds(-10));
    assertThat(clock.instant())
        .as("the next answer, at once, says that this machine is ten seconds ahead")
        .isBetween(at(Duration.ofSeconds(-10)), at(Duration.ofSeconds(-9)));
  }

  @Test
  void aSlowAnswerDoesNotConfirmAClockThatTheOnesBeforeSaidIsWrong() {
    Duration off = Duration.ofSeconds(-5);
    assertThat(learn(clock, off)).isEqualTo(Belief.UNDECIDED);
    assertThat(learn(clock, off)).isEqualTo(Belief.UNDECIDED);
    SkewCorrectedClock.Moment begun = clock.begin();
    own.advance(Duration.ofSeconds(7));
    assertThat(clock.learn(begun, at(off), Optional.empty())).isEqualTo(Belief.BELIEVED);
    assertThat(clock.instant()).isBetween(at(off), at(off).plusSeconds(1));
  }

  @Test
  void aJumpBetweenTwoListingsIsNotHeeded() {
    learnFromAStoreAheadBy(Duration.ZERO);
    jumped = Duration.ofHours(1);
    own.advance(Duration.ofSeconds(10));
    assertThat(clock.instant()).isEqualTo(own.instant());
  }

  @Test
  void aJumpDuringAListingIsNotHeededEither() {
    SkewCorrectedClock.Moment begun = clock.begin();
    own.advance(Duration.ofSeconds(1));
    jumped = Duration.ofHours(-1);
    clock.learn(begun, own.instant(), Optional.empty());
    assertThat(clock.instant()).isEqualTo(own.instant());
  }

  @Test
  void aReplicaWhoseClockIsAnHourAheadDatesItsDeploymentsByTheStores() {
    var estate = new TestProjects().publish("bags", "1");
    estate.clock.advance(Duration.ofMinutes(1));
    estate.replica(Duration.ofHours(1)).cycle();
    Instant deployed =
        estate
            .releases
            .head(new EnvironmentId("stage"))
            .orElseThrow()
            .current()
            .orElseThrow()
            .deployedAt();
    assertThat(deployed)
        .isBetween(estate.clock.instant().minusSeconds(2), estate.clock.instant().plusSeconds(2));
  }

  private void learnFromAStoreAheadBy(Duration ahead) {
    assertThat(learn(clock, ahead)).isEqualTo(Belief.BELIEVED);
  }

  private Belief learn(SkewCorrectedClock learning, Duration ahead) {
    return learning.learn(learning.begin(), at(ahead), Optional.empty());
  }

  private Instant at(Duration ahead) {
    return own.instant().plus(ahead);
  }
}
