package dev.onward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.Intervention;
import dev.onward.model.OperatorWord;
import dev.onward.model.Requester;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What operators say about everything, in one process and in several. */
class EverywhereTest {
  private static final OperatorWord STOP = new OperatorWord.StopEverything();
  private static final OperatorWord RESUME = new OperatorWord.ResumeEverything();

  private final MovableClock clock = new MovableClock();
  private final MemoryDaemonStore store = new MemoryDaemonStore();
  private final Everywhere everywhere = process();
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void whatStandsIsReadOnceForAllProjectsOfARound() {
    counting();
    everywhere.current();
    everywhere.current();
    assertThat(reads).hasValue(1);
    clock.advance(Duration.ofSeconds(7));
    everywhere.current();
    assertThat(reads).hasValue(2);
  }

  @Test
  void whoeverIsAboutToDecideReadsItAgainAndAllKnowItThen() {
    everywhere.current();
    process().say(STOP, said("alice"), false);
    assertThat(everywhere.current().stop()).as("within the round").isEmpty();
    assertThat(everywhere.now().stop()).isPresent();
    assertThat(everywhere.current().stop()).isPresent();
  }

  @Test
  void whatCannotBeReadIsTriedOnceForAllProjectsOfARound() {
    failing();
    assertThatThrownBy(everywhere::current).hasMessage("no route");
    assertThatThrownBy(everywhere::current)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.transientOne("no route")));
    assertThat(reads).hasValue(1);
    clock.advance(Duration.ofSeconds(7));
    assertThatThrownBy(everywhere::current).hasMessage("no route");
    assertThat(reads).hasValue(2);
  }

  @Test
  void aFailureThatTookItsTimeIsKeptFromItsEnd() {
    store.hook(
        call -> {
          reads.incrementAndGet();
          clock.advance(Duration.ofSeconds(30));
          throw new StoreException(Failure.transientOne("timed out"));
        });
    assertThatThrownBy(everywhere::current).hasMessage("timed out");
    assertThatThrownBy(everywhere::current).hasMessage("timed out");
    assertThat(reads).hasValue(1);
  }

  @Test
  void aWordEndsWhatWasKnownOrFailed() {
    failing();
    assertThatThrownBy(everywhere::current).isInstanceOf(StoreException.class);
    store.hook(CallHook.NONE);
    everywhere.say(STOP, said("alice"), false);
    assertThat(everywhere.current().stop()).contains(said("alice"));
    everywhere.say(RESUME, said("alice"), false);
    assertThat(everywhere.current().stop()).isEmpty();
  }

  @Test
  void resumingDoesNotTakeBackAStopThatWasSaidMeanwhile() {
    everywhere.say(STOP, said("alice"), false);
    meanwhile(
        () -> {
          process().say(RESUME, said("bob"), false);
          process().say(STOP, said("bob"), false);
        });
    WishReport report = everywhere.say(RESUME, said("carol"), false);
    assertThat(report.outcome().orElseThrow()).isInstanceOf(WriteOutcome.Conflict.class);
    assertThat(everywhere.current().stop()).contains(said("bob"));
  }

  @Test
  void anotherWordMeanwhileDoesNotKeepAnybodyFromResuming() {
    everywhere.say(STOP, said("alice"), false);
    var freeze = new OperatorWord.SetFreeze("f", Optional.empty(), Optional.empty());
    meanwhile(() -> process().say(freeze, said("bob"), false));
    WishReport report = everywhere.say(RESUME, said("carol"), false);
    assertThat(report.outcome()).contains(new WriteOutcome.Applied());
    assertThat(everywhere.current().stop()).isEmpty();
    assertThat(everywhere.current().freezes()).hasSize(1);
  }

  private Everywhere process() {
    return new Everywhere(store, Duration.ofSeconds(7), clock::nanoTime);
  }

  private void counting() {
    store.hook(call -> reads.incrementAndGet());
  }

  private void failing() {
    store.hook(
        call -> {
          reads.incrementAndGet();
          throw new StoreException(Failure.transientOne("no route"));
        });
  }

  /** Just before the next word is written. */
  private void meanwhile(Runnable others) {
    var first = new AtomicBoolean(true);
    store.hook(
        call -> {
          if (call.equals("sayEverywhere") && first.getAndSet(false)) {
            others.run();
          }
        });
  }

  private Intervention said(String who) {
    return new Intervention(new Requester(who, who), clock.instant(), "a test", Optional.empty());
  }
}
