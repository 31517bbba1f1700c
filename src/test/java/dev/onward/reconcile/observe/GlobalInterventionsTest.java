package dev.onward.reconcile.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.command.CommandResult;
import dev.onward.model.Requester;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.reconcile.CallHook;
import dev.onward.reconcile.MemoryGlobalStore;
import dev.onward.reconcile.MovableClock;
import dev.onward.store.Failure;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What operators say about everything, in one process and in several. */
class GlobalInterventionsTest {
  private static final Intervention STOP = new Intervention.StopEverything();
  private static final Intervention RESUME = new Intervention.ResumeEverything();

  private final MovableClock clock = new MovableClock();
  private final MemoryGlobalStore store = new MemoryGlobalStore();
  private final GlobalProcess globalInterventions = process();
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void whatStandsIsReadOnceForAllProjectsOfARound() {
    counting();
    globalInterventions.current();
    globalInterventions.current();
    assertThat(reads).hasValue(1);
    clock.advance(Duration.ofSeconds(7));
    globalInterventions.current();
    assertThat(reads).hasValue(2);
  }

  @Test
  void whoeverIsAboutToDecideReadsItAgainAndAllKnowItThen() {
    globalInterventions.current();
    process().updateInterventions(STOP, said("alice"), false);
    assertThat(globalInterventions.current().stop()).as("within the round").isEmpty();
    assertThat(globalInterventions.now().stop()).isPresent();
    assertThat(globalInterventions.current().stop()).isPresent();
  }

  @Test
  void whatCannotBeReadIsTriedOnceForAllProjectsOfARound() {
    failing();
    assertThatThrownBy(globalInterventions::current).hasMessage("no route");
    assertThatThrownBy(globalInterventions::current)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.transientOne("no route")));
    assertThat(reads).hasValue(1);
    clock.advance(Duration.ofSeconds(7));
    assertThatThrownBy(globalInterventions::current).hasMessage("no route");
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
    assertThatThrownBy(globalInterventions::current).hasMessage("timed out");
    assertThatThrownBy(globalInterventions::current).hasMessage("timed out");
    assertThat(reads).hasValue(1);
  }

  @Test
  void aWordEndsWhatWasKnownOrFailed() {
    failing();
    assertThatThrownBy(globalInterventions::current).isInstanceOf(StoreException.class);
    store.hook(CallHook.NONE);
    globalInterventions.updateInterventions(STOP, said("alice"), false);
    assertThat(globalInterventions.current().stop()).contains(said("alice"));
    globalInterventions.updateInterventions(RESUME, said("alice"), false);
    assertThat(globalInterventions.current().stop()).isEmpty();
  }

  @Test
  void resumingDoesNotTakeBackAStopThatWasSaidMeanwhile() {
    globalInterventions.updateInterventions(STOP, said("alice"), false);
    meanwhile(
        () -> {
          process().updateInterventions(RESUME, said("bob"), false);
          process().updateInterventions(STOP, said("bob"), false);
        });
    CommandResult report = globalInterventions.updateInterventions(RESUME, said("carol"), false);
    assertThat(report.outcome().orElseThrow()).isInstanceOf(WriteOutcome.Conflict.class);
    assertThat(globalInterventions.current().stop()).contains(said("bob"));
  }

  @Test
  void anotherWordMeanwhileDoesNotKeepAnybodyFromResuming() {
    globalInterventions.updateInterventions(STOP, said("alice"), false);
    var freeze = new Intervention.SetFreeze("f", Optional.empty(), Optional.empty());
    meanwhile(() -> process().updateInterventions(freeze, said("bob"), false));
    CommandResult report = globalInterventions.updateInterventions(RESUME, said("carol"), false);
    assertThat(report.outcome()).contains(new WriteOutcome.Applied());
    assertThat(globalInterventions.current().stop()).isEmpty();
    assertThat(globalInterventions.current().freezes()).hasSize(1);
  }

  private GlobalProcess process() {
    return new GlobalProcess(store, Duration.ofSeconds(7), clock);
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

  private Attribution said(String who) {
    return new Attribution(new Requester(who, who), clock.instant(), "a test", Optional.empty());
  }
}
