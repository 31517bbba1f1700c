package dev.onward.web.board.view;

import static dev.onward.status.StatusFixture.LATEST;
import static dev.onward.status.StatusFixture.PROD;
import static dev.onward.status.StatusFixture.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.gate.DeploymentBudgetGate;
import dev.onward.policy.gate.UnknownGate;
import dev.onward.status.StatusFixture;
import dev.onward.store.WriteOutcome;
import dev.onward.web.board.view.PipelineDiagram.Arrow;
import dev.onward.web.board.view.PipelineDiagram.Box;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineDiagramTest {
  private final StatusFixture storage =
      StatusFixture.storage()
          .environment(new EnvironmentId("demo"), LATEST, PromotionMode.AUTO, DriftPolicy.REPORT)
          .publish("bags", "1");

  @Test
  void eachEnvironmentStandsToTheRightOfItsSource() {
    PipelineDiagram drawn = PipelineDiagram.wide(storage.status(), storage.now);
    assertThat(box(drawn, "latest").x()).isLessThan(box(drawn, "stage").x());
    assertThat(box(drawn, "stage").x()).isLessThan(box(drawn, "prod").x());
    assertThat(box(drawn, "demo").x()).isEqualTo(box(drawn, "stage").x());
    assertThat(box(drawn, "demo").y()).isGreaterThan(box(drawn, "stage").y());
  }

  @Test
  void onANarrowPageTheWayLeadsDown() {
    PipelineDiagram drawn = PipelineDiagram.tall(storage.status(), storage.now);
    assertThat(drawn.width()).isLessThan(340);
    assertThat(List.of("latest", "stage", "prod")).extracting(id -> box(drawn, id).y()).isSorted();
  }

  @Test
  void noTwoBoxesOverlapAndAllAreInside() {
    for (PipelineDiagram drawn :
        List.of(
            PipelineDiagram.wide(storage.status(), storage.now),
            PipelineDiagram.tall(storage.status(), storage.now))) {
      for (Box one : drawn.boxes()) {
        assertThat(one.x() + one.width()).isLessThanOrEqualTo(drawn.width());
        assertThat(one.y() + one.height()).isLessThanOrEqualTo(drawn.height());
        assertThat(drawn.boxes())
            .filteredOn(other -> !other.equals(one))
            .noneMatch(other -> overlap(one, other));
      }
    }
  }

  @Test
  void anArrowIsShutByTheGatesThatHold() {
    PipelineDiagram drawn = PipelineDiagram.wide(storage.status(), storage.now);
    assertThat(drawn.arrows()).hasSize(3);
    assertThat(drawn.arrows())
        .filteredOn(arrow -> !arrow.open())
        .singleElement()
        .satisfies(
            arrow -> {
              assertThat(arrow.words()).isEqualTo("1 gate");
              assertThat(arrow.tone()).isEqualTo(Attention.PERSON);
            });
  }

  @Test
  void noArrowIsOpenWhileEverythingIsStopped() {
    storage.environment(
        STAGE, LATEST, PromotionMode.AUTO, DriftPolicy.REPORT, new UnknownGate("moon"));
    storage.status();
    storage.stopEverything(storage.said("alice", "fire"));
    for (PipelineDiagram drawn :
        List.of(
            PipelineDiagram.wide(storage.status(), storage.now),
            PipelineDiagram.tall(storage.status(), storage.now))) {
      assertThat(drawn.arrows())
          .hasSize(3)
          .noneMatch(Arrow::open)
          .extracting(Arrow::words)
          .doesNotContain("open", "");
      assertThat(drawn.arrows()).extracting(Arrow::tone).containsOnly(Attention.STOPPED);
    }
  }

  @Test
  void anArrowToAHeldEnvironmentForWhichNothingWaitsIsShut() {
    storage.status();
    storage.execute(
        new OperatorCommand.Say(new Intervention.Hold(STAGE)),
        storage.said("alice", "fire"),
        new WriteOutcome.Applied());
    Arrow arrow = arrowTo("stage");
    assertThat(arrow.open()).isFalse();
    assertThat(arrow.words()).isEqualTo("on hold");
    assertThat(arrow.tone()).isEqualTo(Attention.STOPPED);
  }

  @Test
  void anArrowToAnEnvironmentThatIsPausedAfterARollbackIsShut() {
    storage.environment(
        STAGE,
        LATEST,
        PromotionMode.AUTO,
        DriftPolicy.REPORT,
        new DeploymentBudgetGate(9, Duration.ofDays(1)));
    storage.status();
    storage.after(Duration.ofMinutes(5)).publish("bags", "2").status();
    storage.after(Duration.ofMinutes(5));
    storage.execute(
        new OperatorCommand.RollBack(STAGE, OperatorCommand.RollBackTo.OLDER, false),
        storage.said("alice", "broken"),
        new WriteOutcome.Applied());
    Arrow arrow = arrowTo("stage");
    assertThat(arrow.open()).isFalse();
    assertThat(arrow.words()).isEqualTo("paused");
    assertThat(arrow.tone()).isEqualTo(Attention.STOPPED);
  }

  @Test
  void gatesThatHaveNothingToJudgeAreNotSaidToBeOpen() {
    storage.environment(
        STAGE,
        LATEST,
        PromotionMode.AUTO,
        DriftPolicy.REPORT,
        new DeploymentBudgetGate(9, Duration.ofDays(1)));
    Arrow arrow = arrowTo("stage");
    assertThat(arrow.words()).isEqualTo("nothing waits");
    assertThat(arrow.tone()).isEqualTo(Attention.NONE);
    var unseen = PipelineDiagram.wide(storage.unseen(), storage.now);
    assertThat(unseen.arrows()).extracting(Arrow::words).containsOnly("");
  }

  private Arrow arrowTo(String environment) {
    PipelineDiagram drawn = PipelineDiagram.wide(storage.status(), storage.now);
    Box box = box(drawn, environment);
    return drawn.arrows().stream()
        .filter(arrow -> arrow.y() == box.y() + box.height() / 2 && arrow.x() < box.x())
        .max(Comparator.comparingInt(Arrow::x))
        .orElseThrow();
  }

  private static boolean overlap(Box one, Box other) {
    return one.x() < other.x() + other.width()
        && other.x() < one.x() + one.width()
        && one.y() < other.y() + other.height()
        && other.y() < one.y() + one.height();
  }

  private static Box box(PipelineDiagram drawn, String id) {
    return drawn.boxes().stream().filter(it -> it.title().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void whatHasNoSourceIsDrawnToo() {
    var alone = StatusFixture.storage().without(PROD).without(STAGE);
    assertThat(PipelineDiagram.wide(alone.status(), alone.now).boxes()).hasSize(1);
  }
}
