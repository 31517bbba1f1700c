package dev.onward.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.store.Failure;
import dev.onward.store.LeaseRecord;
import dev.onward.testing.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Replicas with the default settings that share a lease, each step at its own moment. */
class LeaderElectorTest {
  private static final Duration PROMISE_AFTER_A_CRASH = Duration.ofSeconds(20);
  private static final Duration PROMISE_AFTER_A_STOP = Duration.ofSeconds(2);

  private static final Logger LOG = Logger.getLogger(LeaderElector.class.getName());

  private final MemoryLeaseStore store = new MemoryLeaseStore();
  private final List<Replica> replicas = new ArrayList<>();
  private Duration now = Duration.ZERO;

  /** A process: its lease's thread wakes up when it said that it would. */
  private final class Replica {
    final LeaderElector leadership;
    Duration next = now;
    boolean running = true;

    Replica(String id, String... settings) {
      LongSupplier clock = () -> 42 + now.toNanos();
      leadership = new LeaderElector(Settings.of(settings), store, id, Instant.EPOCH, clock);
      replicas.add(this);
    }

    void step() {
      next = now.plus(leadership.step());
    }

    LeadershipState state() {
      return leadership.state();
    }
  }

  /** Thousands of changes of leaders are no news. */
  @BeforeAll
  static void beQuiet() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    LOG.setLevel(null);
  }

  @Test
  void theFirstLeadsFromItsFirstStepOnAndTheOthersStandBy() {
    var one = new Replica("one");
    var two = new Replica("two");
    run(Duration.ofMinutes(5));

    assertThat(one.state()).isEqualTo(LeadershipState.LEADER);
    assertThat(two.state()).isEqualTo(LeadershipState.STANDBY);
    assertThat(two.leadership.leader()).contains("one");
    assertThat(one.leadership.replicas()).containsOnlyKeys("one", "two");
    assertThat(two.leadership.replicas()).containsOnlyKeys("one", "two");
  }

  @Test
  void aCrashedLeaderIsReplacedWithinThePromiseWheneverItCrashes() {
    for (long crash = 30_000; crash < 40_000; crash += 137) {
      var fresh = new LeaderElectorTest();
      assertThat(fresh.takeoverAfterACrashAt(Duration.ofMillis(crash)))
          .as("seconds nobody led after a crash at %d ms", crash)
          .isLessThan(PROMISE_AFTER_A_CRASH)
          // A term, and no more than it takes to notice its last beat.
          .isLessThanOrEqualTo(Duration.ofSeconds(12));
    }
  }

  private Duration takeoverAfterACrashAt(Duration crash) {
    var one = new Replica("one");
    new Replica("two");
    new Replica("three");
    run(crash);
    one.running = false;
    return untilSomebodyLeads();
  }

  @Test
  void aLeaseThatIsGivenBackIsTakenWithinThePromise() {
    var one = new Replica("one");
    new Replica("two");
    run(Duration.ofSeconds(31));
    stop(one);

    assertThat(one.state()).isEqualTo(LeadershipState.STANDBY);
    assertThat(untilSomebodyLeads()).isLessThan(PROMISE_AFTER_A_STOP);
    assertThat(replicas.get(1).leadership.replicas()).containsOnlyKeys("two");
  }

  @Test
  void aLeaseIsGivenBackEvenIfAStepHangs() {
    var one = new Replica("one", "onward.lease.term", "1s");
    one.leadership.begin(Duration.ofMinutes(1), () -> {});
    assertThat(store.read().leader()).contains("one");
    store.hang();
    await().until(store::isHanging);
    one.leadership.end(Duration.ofMillis(200));
    assertThat(store.read().leader()).isEmpty();
  }

  @Test
  void aSingleReplicaThatCrashedLeadsAgainAfterATerm() {
    var one = new Replica("one");
    run(Duration.ofSeconds(31));
    one.running = false;
    new Replica("one again");

    assertThat(untilSomebodyLeads()).isLessThanOrEqualTo(Duration.ofSeconds(11));
  }

  @Test
  void whoeverStoodStillForLongerThanItsTermComesToLeadAnew() {
    var led = new AtomicInteger();
    LeaderElector leadership = new Replica("one").leadership;
    leadership.begin(Duration.ofMinutes(1), led::incrementAndGet);
    assertThat(led).hasValue(1);
    now = now.plusSeconds(5);
    leadership.step();
    assertThat(led).as("within its term").hasValue(1);
    now = now.plusSeconds(11);
    assertThat(leadership.state())
        .as("what looks now waits as a standby")
        .isEqualTo(LeadershipState.STANDBY);
    leadership.step();
    assertThat(leadership.state()).isEqualTo(LeadershipState.LEADER);
    assertThat(led).as("so that what waits need not").hasValue(2);
    leadership.end(Duration.ofMinutes(1));
  }

  @Test
  void aLeaderThatWasStoppedForLongerThanItsTermDoesNotLeadWhenItGoesOn() {
    var one = new Replica("one");
    var two = new Replica("two");
    run(Duration.ofSeconds(31));
    one.running = false;
    run(Duration.ofSeconds(30));
    one.running = true;

    assertThat(one.state()).as("before it could look").isEqualTo(LeadershipState.STANDBY);
    run(Duration.ofSeconds(30));
    assertThat(one.state()).isEqualTo(LeadershipState.STANDBY);
    assertThat(two.state()).isEqualTo(LeadershipState.LEADER);
  }

  @Test
  void aLeaderThatCannotSayThatItIsThereStopsWhenItsTermEnds() {
    var one = new Replica("one");
    run(Duration.ofSeconds(31));
    store.fail(Failure.transientOne("throttled"));
    run(Duration.ofSeconds(6));
    assertThat(one.state()).isEqualTo(LeadershipState.LEADER);
    assertThat(one.leadership.problem()).isPresent();
    run(Duration.ofSeconds(5));
    assertThat(one.state()).isEqualTo(LeadershipState.STANDBY);
  }

  @Test
  void aLeaderWhoseAnswersAreLostReckonsFromTheFirstTry() {
    var one = new Replica("one");
    run(Duration.ofSeconds(31));
    Duration renewal = one.next;
    store.loseAnswers();
    run(renewal.minus(now));
    one.running = false;
    store.mend();
    run(Duration.ofSeconds(5));
    one.step();
    assertThat(one.state()).isEqualTo(LeadershipState.LEADER);
    run(Duration.ofMillis(4_999));
    assertThat(one.state()).isEqualTo(LeadershipState.LEADER);
    now = renewal.plusSeconds(10);
    assertThat(one.state())
        .as("when others may have taken over")
        .isEqualTo(LeadershipState.STANDBY);
  }

  @Test
  void whileTheLeaseIsOutOfReachForLongEveryReplicaActsAndNobodyLeads() {
    var one = new Replica("one");
    var two = new Replica("two");
    run(Duration.ofSeconds(31));
    store.fail(Failure.stalled("denied"));
    run(Duration.ofSeconds(25));

    assertThat(one.state()).isEqualTo(LeadershipState.NO_LEADER);
    assertThat(two.state()).isEqualTo(LeadershipState.NO_LEADER);
    assertThat(two.state().acts()).isTrue();
    store.mend();
    run(Duration.ofSeconds(15));
    assertThat(duties())
        .containsEntry(LeadershipState.LEADER, 1L)
        .containsEntry(LeadershipState.STANDBY, 1L);
    assertThat(one.leadership.problem()).isEmpty();
  }

  @Test
  void withoutALeaseAndWhileOnlyObservingItIsAsIfAlone() {
    var without = new Replica("without", "onward.lease.enabled", "false");
    var observing = new Replica("observing", "onward.mode", "observe");

    assertThat(without.state()).isEqualTo(LeadershipState.LEADER);
    assertThat(observing.state()).isEqualTo(LeadershipState.LEADER);
    assertThat(observing.leadership.leader()).isEmpty();
    assertThat(observing.leadership.replicas()).containsOnlyKeys("observing");
    assertThat(store.read()).isEqualTo(LeaseRecord.NONE);
  }

  @Test
  void neverDoTwoLeadWhateverCrashesPausesAndOutagesCome() {
    Optional<Long> replay = Optional.ofNullable(Long.getLong("test.seed"));
    long first = replay.orElseGet(System::nanoTime);
    for (long seed = first; seed < first + (replay.isPresent() ? 1 : 50); seed++) {
      try {
        new LeaderElectorTest().live(new Random(seed));
      } catch (AssertionError e) {
        throw new AssertionError("replay with -Dtest.seed=" + seed, e);
      }
    }
  }

  private void live(Random random) {
    for (int i = 0; i < 3; i++) {
      new Replica("replica " + i);
    }
    for (int i = 0; i < 60; i++) {
      Replica any = replicas.get(random.nextInt(replicas.size()));
      switch (random.nextInt(6)) {
        case 0 -> any.running = !any.running;
        case 1 -> store.fail(Failure.transientOne("throttled"));
        case 2 -> store.loseAnswers();
        default -> store.mend();
      }
      run(Duration.ofMillis(random.nextInt(8_000)));
    }
    store.mend();
    replicas.forEach(replica -> replica.running = true);
    run(Duration.ofMinutes(1));
    assertThat(duties())
        .containsEntry(LeadershipState.LEADER, 1L)
        .containsEntry(LeadershipState.STANDBY, 2L);
  }

  private Map<LeadershipState, Long> duties() {
    return replicas.stream().collect(Collectors.groupingBy(Replica::state, Collectors.counting()));
  }

  private void stop(Replica replica) {
    replica.leadership.end(Duration.ofSeconds(5));
    replica.running = false;
  }

  private Duration untilSomebodyLeads() {
    Duration since = now;
    while (replicas.stream().noneMatch(it -> it.running && it.state() == LeadershipState.LEADER)) {
      run(Duration.ofMillis(50));
    }
    return now.minus(since);
  }

  /** Lets time pass, from step to step; at each of them at most one replica may lead. */
  private void run(Duration time) {
    Duration end = now.plus(time);
    while (true) {
      var first =
          replicas.stream()
              .filter(it -> it.running)
              .min(Comparator.comparing((Replica it) -> it.next))
              .filter(it -> it.next.compareTo(end) <= 0);
      if (first.isEmpty()) {
        now = end;
        return;
      }
      now = first.get().next.compareTo(now) > 0 ? first.get().next : now;
      first.get().step();
      assertThat(duties().getOrDefault(LeadershipState.LEADER, 0L))
          .as("leaders at %s", now)
          .isLessThan(2);
    }
  }
}
