package dev.onward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoreClockTest {
  private final MovableClock own = new MovableClock();
  private Duration jumped = Duration.ZERO;
  private final StoreClock clock = new StoreClock(() -> own.instant().plus(jumped), own::nanoTime);

  @Test
  void aClockThatAgreesWithTheStoresIsTrusted() {
    learnFromAStoreAheadBy(Duration.ofMillis(1_900));
    assertThat(clock.instant()).isEqualTo(own.instant());
  }

  @Test
  void oneThatIsBehindIsMovedForwardAndOneThatIsAheadBack() {
    learnFromAStoreAheadBy(Duration.ofHours(1));
    assertThat(clock.instant()).isEqualTo(own.instant().plus(Duration.ofHours(1)));
    learnFromAStoreAheadBy(Duration.ofHours(-2));
    assertThat(clock.instant()).isEqualTo(own.instant().minus(Duration.ofHours(2)));
  }

  @Test
  void oneThatWasMendedIsTrustedAgain() {
    learnFromAStoreAheadBy(Duration.ofHours(1));
    learnFromAStoreAheadBy(Duration.ZERO);
    assertThat(clock.instant()).isEqualTo(own.instant());
  }

  @Test
  void aSlowListingIsNoReasonToDoubtIt() {
    StoreClock.Moment begun = clock.begin();
    own.advance(Duration.ofMinutes(3));
    clock.learn(begun, begun.wall().plusSeconds(1));
    assertThat(clock.instant()).isEqualTo(own.instant());
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
    StoreClock.Moment begun = clock.begin();
    own.advance(Duration.ofSeconds(1));
    jumped = Duration.ofHours(-1);
    clock.learn(begun, own.instant());
    assertThat(clock.instant()).isEqualTo(own.instant());
  }

  @Test
  void aReplicaWhoseClockIsAnHourAheadDatesItsDeploymentsByTheStores() {
    var estate = new Estate().publish("bags", "1");
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
    clock.learn(clock.begin(), own.instant().plus(ahead));
  }
}
