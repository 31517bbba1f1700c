package dev.onward.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.lease.LeaseView.Next;
import dev.onward.store.LeaseRecord;
import dev.onward.store.LeaseRecord.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseViewTest {
  private static final Duration TERM = Duration.ofSeconds(10);

  /** A clock that never jumps may begin anywhere, and run over. */
  private static final long START = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

  private final LeaseView fresh = LeaseView.none("me", START);

  @Test
  void aLeaseThatNobodyHasIsTakenAtOnce() {
    assertThat(fresh.seeing(LeaseRecord.NONE, at(0)).next(at(0))).isEqualTo(Next.CLAIM);
    assertThat(fresh.seeing(givenBack(7), at(0)).next(at(0))).isEqualTo(Next.CLAIM);
  }

  @Test
  void somebodyElsesIsLeftAloneForAWholeTermHoweverOldItLooks() {
    LeaseView view = fresh.seeing(of("other", 7), at(0));

    assertThat(view.next(at(9.999))).isEqualTo(Next.WATCH);
    assertThat(view.leader(at(9.999))).contains("other");
    assertThat(view.untilSilent(at(4))).isEqualTo(Duration.ofSeconds(6));
    assertThat(view.next(at(10))).isEqualTo(Next.CLAIM);
    assertThat(view.leader(at(10))).isEmpty();
  }

  @Test
  void everyBeatBeginsTheWaitAnew() {
    LeaseView view = fresh.seeing(of("other", 7), at(0)).seeing(of("other", 8), at(9));

    assertThat(view.next(at(18))).isEqualTo(Next.WATCH);
    assertThat(view.next(at(19))).isEqualTo(Next.CLAIM);
  }

  @Test
  void lookingAgainAtTheSameBeatDoesNot() {
    LeaseView view = fresh.seeing(of("other", 7), at(0)).seeing(of("other", 7), at(9));

    assertThat(view.next(at(10))).isEqualTo(Next.CLAIM);
  }

  @Test
  void theTermThatCountsIsTheLeadersOwn() {
    var brief = new LeaseRecord(Optional.of("other"), 7, Duration.ofSeconds(2), Map.of());

    assertThat(fresh.seeing(brief, at(0)).next(at(2))).isEqualTo(Next.CLAIM);
  }

  @Test
  void aLeaderReckonsItsTermFromBeforeItsWrite() {
    LeaseView view = fresh.claimed(of("me", 1), TERM, at(0), at(3));

    assertThat(view.leads(at(9.999))).isTrue();
    assertThat(view.leader(at(9.999))).contains("me");
    assertThat(view.leads(at(10))).isFalse();
    assertThat(view.leader(at(10))).isEmpty();
  }

  /** Whoever watches sees the write only after it began, so nobody takes over while it leads. */
  @Test
  void nobodyTakesOverBeforeTheLeaderHasStoppedByItsOwnClock() {
    LeaseView leader = fresh.claimed(of("me", 1), TERM, at(0), at(0.5));
    LeaseView watcher = LeaseView.none("other", START).seeing(of("me", 1), at(0.2));

    for (double now = 0.5; now < 12; now += 0.1) {
      assertThat(leader.leads(at(now)) && watcher.next(at(now)) == Next.CLAIM).isFalse();
    }
    assertThat(watcher.next(at(10.2))).isEqualTo(Next.CLAIM);
  }

  @Test
  void aLeaderWhoseTermRanOutKeepsALeaseThatNobodyTook() {
    LeaseView view = fresh.claimed(of("me", 1), TERM, at(0), at(0));

    assertThat(view.seeing(of("me", 1), at(60)).next(at(60))).isEqualTo(Next.CLAIM);
    assertThat(view.seeing(of("other", 2), at(60)).next(at(60))).isEqualTo(Next.WATCH);
  }

  @Test
  void whoeverSeesThatSomebodyElseHasItDoesNotLeadWhateverTheOwnClockSays() {
    LeaseView view = fresh.claimed(of("me", 1), TERM, at(0), at(0)).seeing(of("other", 2), at(1));

    assertThat(view.leads(at(1))).isFalse();
  }

  @Test
  void aClaimThatWasWrittenAlthoughItsAnswerWasLostIsTheReplicasOwn() {
    LeaseView view = fresh.seeing(of("me", 1), at(0));

    assertThat(view.leads(at(0))).isFalse();
    assertThat(view.next(at(0))).isEqualTo(Next.CLAIM);
  }

  @Test
  void replicasThatFallSilentForThreeTermsAreGone() {
    LeaseView view =
        fresh
            .seeing(
                of("other", 7, Map.of("me", beat(1), "other", beat(1), "third", beat(1))), at(0))
            .seeing(
                of("other", 8, Map.of("me", beat(1), "other", beat(2), "third", beat(1))), at(20));

    assertThat(view.gone(TERM, at(30))).isEmpty();
    assertThat(view.gone(TERM, at(31))).containsExactly("third");
    assertThat(view.there(TERM, at(31))).containsOnlyKeys("me", "other");
    assertThat(view.gone(TERM, at(60))).containsExactly("other", "third");
  }

  private static long at(double seconds) {
    return START + (long) (seconds * 1e9);
  }

  private static Presence beat(long beat) {
    return new Presence(Instant.EPOCH, beat);
  }

  private static LeaseRecord of(String leader, long beat) {
    return of(leader, beat, Map.of());
  }

  private static LeaseRecord of(String leader, long beat, Map<String, Presence> replicas) {
    return new LeaseRecord(Optional.of(leader), beat, TERM, replicas);
  }

  private static LeaseRecord givenBack(long beat) {
    return new LeaseRecord(Optional.empty(), beat, TERM, Map.of());
  }
}
