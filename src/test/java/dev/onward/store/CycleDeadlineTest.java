package dev.onward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.reconcile.CallHook;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.TestProjects;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CycleDeadlineTest {
  private static final Duration LIMIT = CycleDeadline.limit(TestProjects.CONFIG.interval());

  @Test
  void aCycleHasTenIntervalsAndNeverLessThanFiveMinutes() {
    assertThat(CycleDeadline.limit(Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(5));
    assertThat(CycleDeadline.limit(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(50));
  }

  @Test
  void outsideOfACycleThereIsNone() {
    CycleDeadline.check();
    assertThat(CycleDeadline.passed()).isEmpty();
  }

  @Test
  void itPassesByAClockThatNeverJumps() {
    var nanos = new AtomicLong(Long.MAX_VALUE - 5);
    CycleDeadline.within(
        LIMIT,
        nanos::get,
        () -> {
          nanos.addAndGet(LIMIT.toNanos() - 1);
          CycleDeadline.check();
          nanos.incrementAndGet();
          assertThatThrownBy(CycleDeadline::check)
              .isInstanceOf(StoreException.class)
              .hasMessage(
                  "the cycle took longer than 5 min and was stopped; the next one continues");
          return true;
        });
  }

  /** Whatever takes the time. */
  @Test
  void aLookThatTakesTooLongIsAFailingCycleThatSaysSo() {
    var estate = new TestProjects();
    estate.publish("bags", "1");
    estate.clock.advance(Duration.ofMinutes(1));
    estate.runToQuiescence();
    estate.hook(
        call -> {
          if (call.equals("list")) {
            estate.clock.advance(LIMIT);
          }
        });
    CycleReport report = estate.replica().cycle();
    estate.hook(CallHook.NONE);
    assertThat(report.outcome()).isEqualTo(CycleReport.Outcome.FAILED);
    assertThat(report.failure().orElseThrow().message()).contains("took longer than 5 min");
    assertThat(estate.replica().cycle().outcome()).isEqualTo(CycleReport.Outcome.SUCCEEDED);
  }

  @Test
  void writesThatTakeTooLongAreGoneOnWithInTheNextCycle() {
    var estate = new TestProjects();
    estate.publish("bags", "1").publish("ingests", "1").publish("notifier", "1");
    estate.clock.advance(Duration.ofMinutes(1));
    var puts = new AtomicInteger();
    var slow = new AtomicBoolean(true);
    estate.hook(
        call -> {
          if (call.equals("put") && puts.incrementAndGet() == 2 && slow.get()) {
            estate.clock.advance(LIMIT);
          }
        });
    var replica = estate.replica();
    CycleReport report = firstThatWrites(replica, puts);
    assertThat(puts).as("what was begun ends, and nothing else begins").hasValue(2);
    assertThat(report.outcome()).isEqualTo(CycleReport.Outcome.PARTIAL);
    assertThat(report.failure().orElseThrow().message()).contains("took longer than 5 min");
    slow.set(false);
    estate.clock.advance(Duration.ofMinutes(10));
    replica.cycle();
    assertThat(estate.stage("notifier")).endsWith(":1");
    assertThat(puts.get()).as("only what was left").isGreaterThanOrEqualTo(3);
  }

  private static CycleReport firstThatWrites(TestProjects.Replica replica, AtomicInteger puts) {
    for (int i = 0; i < 5; i++) {
      CycleReport report = replica.cycle();
      if (puts.get() > 0) {
        return report;
      }
    }
    throw new AssertionError("nothing was put in five cycles");
  }
}
