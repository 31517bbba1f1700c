package dev.onward.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.store.LeaseRecord;
import dev.onward.store.LeaseRecord.Presence;
import dev.onward.store.LeaseStore;
import dev.onward.store.LeaseStore.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every lease must do, whatever it is kept in. */
public abstract class LeaseStoreContract {
  static final Duration TERM = Duration.ofSeconds(10);
  static final Instant STARTED = Instant.parse("2026-03-01T12:00:00.123456Z");

  /** A lease on the same data at each call within a test; the data is empty at its start. */
  public abstract LeaseStore lease();

  public static Claim claim(String replica, long expected) {
    return new Claim(replica, expected, TERM, presence(1), Set.of());
  }

  public static Presence presence(long beat) {
    return new Presence(STARTED, beat);
  }

  @Test
  void nobodyHasItAtFirst() {
    assertThat(lease().read()).isEqualTo(LeaseRecord.NONE);
  }

  @Test
  void whoeverTakesItHasItAndIsThere() {
    Optional<LeaseRecord> written = lease().claim(claim("a", 0));

    assertThat(written).contains(lease().read());
    assertThat(lease().read().leader()).contains("a");
    assertThat(lease().read().beat()).isEqualTo(1);
    assertThat(lease().read().term()).isEqualTo(TERM);
    assertThat(lease().read().replicas()).containsEntry("a", presence(1));
  }

  @Test
  void onlyOneOfTwoWhoSawTheSameGetsIt() {
    lease().claim(claim("a", 0));

    assertThat(lease().claim(claim("b", 0))).isEmpty();
    assertThat(lease().claim(claim("b", 1))).isPresent();
    assertThat(lease().claim(claim("a", 1))).isEmpty();
    assertThat(lease().read().leader()).contains("b");
  }

  @Test
  void itIsKeptBeatByBeat() {
    lease().claim(claim("a", 0));
    lease().claim(claim("a", 1));

    assertThat(lease().read().beat()).isEqualTo(2);
    assertThat(lease().claim(claim("b", 1))).isEmpty();
  }

  @Test
  void aLeaseThatIsGivenBackIsNobodysAndItsBeatsGoOn() {
    lease().claim(claim("a", 0));
    lease().leave("a", Optional.of(1L));

    assertThat(lease().read().leader()).isEmpty();
    assertThat(lease().read().beat()).isEqualTo(2);
    assertThat(lease().read().replicas()).isEmpty();
    assertThat(lease().claim(claim("b", 2))).isPresent();
  }

  @Test
  void whoeverNoLongerHasItGivesNothingBack() {
    lease().claim(claim("a", 0));
    lease().claim(claim("b", 1));
    lease().leave("a", Optional.of(1L));

    assertThat(lease().read().leader()).contains("b");
    assertThat(lease().read().beat()).isEqualTo(2);
    assertThat(lease().read().replicas()).containsOnlyKeys("b");
  }

  @Test
  void othersSayThatTheyAreThereBesideALeaderAndWithoutOne() {
    lease().attend("b", presence(1));
    assertThat(lease().read().leader()).isEmpty();
    assertThat(lease().read().beat()).isZero();
    lease().claim(claim("a", 0));
    lease().attend("b", presence(2));

    assertThat(lease().read().replicas())
        .containsEntry("a", presence(1))
        .containsEntry("b", presence(2));
    lease().leave("b", Optional.empty());
    assertThat(lease().read().replicas()).containsOnlyKeys("a");
    assertThat(lease().read().leader()).contains("a");
  }

  @Test
  void whoeverIsGoneIsListedNoLonger() {
    lease().attend("b", presence(1));
    lease().attend("c", presence(1));
    lease().claim(new Claim("a", 0, TERM, presence(1), Set.of("b", "never there")));

    assertThat(lease().read().replicas()).containsOnlyKeys("a", "c");
  }
}
