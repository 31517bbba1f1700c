package dev.onward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoreClockTest {
  private final MovableClock own = new MovableClock();
  private final StoreClock clock = new StoreClock(own);

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
    Instant before = own.instant();
    own.advance(Duration.ofMinutes(3));
    clock.learn(before, own.instant(), before.plusSeconds(1));
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
    clock.learn(own.instant(), own.instant(), own.instant().plus(ahead));
  }
}
