package dev.onward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ImageRef;
import dev.onward.model.Intervention;
import dev.onward.model.OperatorWord;
import dev.onward.model.Requester;
import dev.onward.plan.Grant;
import dev.onward.plan.Wish;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What people ask for, when others act at the same moment. */
class WishTest {
  private static final EnvironmentId STAGE = new EnvironmentId("stage");
  private static final Wish HOLD_STAGE = new Wish.Say(new OperatorWord.Hold(STAGE));
  private static final Wish ROLL_STAGE_BACK = new Wish.RollBack(STAGE, false);

  private final Estate estate = new Estate().publish("bags", "1");

  @Test
  void aPreviewWritesNothing() {
    twoReleases();
    var writes = new AtomicInteger();
    estate.hook(
        call -> {
          if (!call.equals("list") && !call.equals("state") && !call.equals("interventions")) {
            writes.incrementAndGet();
          }
        });
    var replica = estate.replica();
    assertThat(replica.wish(HOLD_STAGE, "alice", true).preview()).isPresent();
    assertThat(estate.releases.state().interventions().version()).isZero();
    WishReport report = replica.wish(ROLL_STAGE_BACK, "alice", true);
    assertThat(report.preview().orElseThrow().deployments().getFirst().to().images().images())
        .containsValue(new ImageRef("example.com/ns/bags:1"));
    estate.hook(CallHook.NONE);
    assertThat(estate.stage("bags")).endsWith(":2");
  }

  @Test
  void whatIsHeldWhileACycleIsUnderWayIsHeldAlready() {
    estate.clock.advance(Duration.ofMinutes(1));
    var other = estate.replica();
    var first = new AtomicBoolean(true);
    estate.hook(
        call -> {
          if (call.equals("record") && first.getAndSet(false)) {
            other.wish(HOLD_STAGE, "alice", false);
          }
        });
    var replica = estate.replica();
    replica.cycle();
    estate.hook(CallHook.NONE);
    estate.runToQuiescence();
    assertThat(estate.stage("bags")).as("nothing goes after the word was taken").isEmpty();
  }

  @Test
  void ofTwoPeopleWhoHoldTheSameEnvironmentTheSecondLearnsOfTheFirst() {
    var alices = estate.replica();
    var bobs = estate.replica();
    var first = new AtomicBoolean(true);
    estate.hook(
        call -> {
          if (call.equals("say") && first.getAndSet(false)) {
            bobs.wish(HOLD_STAGE, "bob", false);
          }
        });
    WishReport report = alices.wish(HOLD_STAGE, "alice", false);
    assertThat(report.grant())
        .isInstanceOfSatisfying(
            Grant.Refused.class, refused -> assertThat(refused.reason()).contains("by bob"));
  }

  @Test
  void twoPeopleWhoSayDifferentThingsAreBothHeard() {
    var alices = estate.replica();
    var bobs = estate.replica();
    var first = new AtomicBoolean(true);
    estate.hook(
        call -> {
          if (call.equals("say") && first.getAndSet(false)) {
            bobs.wish(HOLD_STAGE, "bob", false);
          }
        });
    alices.wish(new Wish.Say(new OperatorWord.Hold(new EnvironmentId("prod"))), "alice", false);
    assertThat(estate.releases.state().interventions().holds()).hasSize(2);
  }

  @Test
  void aRollbackStaysAndTheNextReleaseFlows() {
    twoReleases();
    var replica = estate.replica();
    WishReport report = replica.wish(ROLL_STAGE_BACK, "alice", false);
    assertThat(report.outcome()).contains(new WriteOutcome.Applied());
    replica.cycle();
    estate.clock.advance(Duration.ofHours(1));
    estate.runToQuiescence();
    assertThat(estate.stage("bags")).endsWith(":1");
    estate.publish("bags", "3");
    estate.clock.advance(Duration.ofMinutes(1));
    estate.runToQuiescence();
    assertThat(estate.stage("bags")).endsWith(":3");
  }

  @Test
  void stoppedEverywhereNothingIsDecidedAnyMore() {
    var said =
        new Intervention(
            new Requester("alice", "Alice"), estate.clock.instant(), "fire", Optional.empty());
    var everywhere = new Everywhere(estate.daemon, Duration.ofSeconds(1), estate.clock::nanoTime);
    everywhere.say(new OperatorWord.StopEverything(), said, false);
    estate.clock.advance(Duration.ofMinutes(1));
    estate.runToQuiescence();
    assertThat(estate.stage("bags")).isEmpty();
    everywhere.say(new OperatorWord.ResumeEverything(), said, false);
    estate.runToQuiescence();
    assertThat(estate.stage("bags")).endsWith(":1");
  }

  private void twoReleases() {
    estate.clock.advance(Duration.ofMinutes(1));
    estate.runToQuiescence();
    estate.publish("bags", "2");
    estate.clock.advance(Duration.ofMinutes(1));
    estate.runToQuiescence();
    assertThat(estate.stage("bags")).endsWith(":2");
  }
}
