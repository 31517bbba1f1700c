package dev.onward.status.log;

import static dev.onward.status.StatusFixture.LATEST;
import static dev.onward.status.StatusFixture.PROD;
import static dev.onward.status.StatusFixture.STAGE;
import static dev.onward.status.StatusFixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.plan.Action;
import dev.onward.plan.ObservedParameter.Value;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.Candidate;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.Gate;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.Verdict;
import dev.onward.reconcile.CycleReport;
import dev.onward.status.ProjectStatus;
import dev.onward.status.StatusFixture;
import dev.onward.store.Failure;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger.Level;
import org.junit.jupiter.api.Test;

class StatusLinesTest {
  private final StatusFixture storage = StatusFixture.storage();
  private ProjectStatus status = ProjectStatus.unseen(storage.desired());

  @Test
  void aQuietCycleSaysNothing() {
    lines(storage.publish("bags", "1").cycle());
    assertThat(lines(storage.after(Duration.ofSeconds(15)).cycle())).isEmpty();
  }

  @Test
  void aReleaseOnItsWayHasALineForEachStep() {
    lines(storage.publish("bags", "1").publish("mets", "1").cycle());
    var lines = lines(storage.publish("bags", "2").cycle());
    String release = lines.getFirst().release().orElseThrow().shortForm();
    assertThat(texts(lines))
        .containsExactly(
            "INFO storage: cut release %s. From latest: bags 1 → 2".formatted(release),
            "INFO storage/stage: deployed release %s from latest: bags 1 → 2".formatted(release),
            "INFO storage/stage: wrote 1 parameter for release %s: bags".formatted(release),
            "INFO storage/prod: release %s is held: prod is promoted by hand: the policy's mode is manual"
                .formatted(release));
  }

  @Test
  void anEnvironmentThatIsAheadOfItsSourceHasALineThatAsksForAPersonOnce() {
    storage.environment(PROD, STAGE, PromotionMode.AUTO, DriftPolicy.REPORT);
    lines(storage.publish("bags", "1").cycle());
    lines(storage.after(Duration.ofMinutes(5)).publish("bags", "2").cycle());
    storage.after(Duration.ofMinutes(5));
    storage.execute(
        new OperatorCommand.RollBack(STAGE, OperatorCommand.RollBackTo.OLDER, false),
        storage.said("alice", "broken"),
        new WriteOutcome.Applied());
    assertThat(texts(lines(storage.cycle())))
        .filteredOn(line -> line.startsWith("WARN"))
        .singleElement()
        .asString()
        .startsWith("WARN storage/prod: ahead of stage, which was rolled back from ");
    assertThat(lines(storage.after(Duration.ofMinutes(5)).cycle())).isEmpty();
  }

  @Test
  void anEnvironmentThatIsHeldWhileNothingWaitsHasALineOnce() {
    lines(storage.publish("bags", "1").cycle());
    storage.stopEverything(storage.said("alice", "fire"));
    assertThat(texts(lines(storage.cycle())))
        .anyMatch(line -> line.startsWith("INFO storage/stage: held: everything stopped by alice"));
    assertThat(lines(storage.after(Duration.ofMinutes(5)).cycle())).isEmpty();
  }

  @Test
  void everyLineCarriesTheFullReleaseIdBesideTheShortOne() {
    var lines = lines(storage.publish("bags", "1").cycle());
    assertThat(lines)
        .filteredOn(line -> line.sentence().contains("release "))
        .isNotEmpty()
        .allSatisfy(
            line -> {
              var id = line.release().orElseThrow();
              assertThat(line.sentence()).contains(id.shortForm()).doesNotContain(id.value());
            });
  }

  @Test
  void anEnvironmentIsTakenOverWithWhatTheOldToolDeployedThere() {
    storage.put(PROD, "bags", new Value.Image(image("bags", "0")));
    storage.oldToolDeploys(PROD, storage.oldRelease("0f0f0f0f-old", "bags", "0"));
    assertThat(texts(lines(storage.publish("bags", "1").cycle())))
        .contains(
            "INFO storage/stage: now manages this environment: nothing was ever deployed to it",
            "INFO storage/prod: now manages this environment: the deployment of release 0f0f0f0f by"
                + " Robert at 2026-03-02T10:00:00Z");
  }

  @Test
  void aDeploymentOfTheOldToolIsAdopted() {
    lines(storage.publish("bags", "1").cycle());
    storage.after(Duration.ofMinutes(1));
    storage.oldToolDeploys(STAGE, storage.oldRelease("0f0f0f0f-old", "bags", "0"));
    storage.put(STAGE, "bags", new Value.Image(image("bags", "0")));
    assertThat(texts(lines(storage.cycle())))
        .contains(
            "INFO storage/stage: adopted the deployment of release 0f0f0f0f by Robert at"
                + " 2026-03-02T10:01:00Z; automation is waiting for a newer release here");
  }

  @Test
  void driftIsToldWhenItAppearsAndWhenItIsGone() {
    lines(storage.publish("bags", "1").cycle());
    storage.put(STAGE, "bags", new Value.Image(image("bags", "hand-made")));
    assertThat(texts(lines(storage.cycle())))
        .containsExactly(
            "WARN storage/stage: parameters drifted from the deployment: bags is"
                + " example.com/ns/bags:hand-made instead of example.com/ns/bags:1");
    assertThat(lines(storage.cycle())).isEmpty();
    storage.put(STAGE, "bags", new Value.Image(image("bags", "1")));
    assertThat(texts(lines(storage.cycle())))
        .containsExactly("INFO storage/stage: parameters match the deployment again");
  }

  @Test
  void repairedDriftIsToldOnce() {
    storage.environment(STAGE, LATEST, PromotionMode.AUTO, DriftPolicy.REPAIR);
    lines(storage.publish("bags", "1").cycle());
    storage.put(STAGE, "bags", new Value.Image(image("bags", "hand-made")));
    var lines = texts(lines(storage.after(Duration.ofHours(1)).cycle()));
    assertThat(lines).singleElement().asString().contains("repaired 1 parameter to release");
  }

  @Test
  void aParameterThatCannotBeWrittenNeedsAPersonAndIsAWarning() {
    storage.put(STAGE, "bags", new Value.WrongType("SecureString"));
    assertThat(texts(lines(storage.publish("bags", "1").cycle())))
        .contains("WARN storage/stage: cannot write bags: the parameter is not of type String");
  }

  @Test
  void ofManyRefusedValuesTheLogSaysHowManyAndTheFirstFew() {
    for (int i = 10; i < 22; i++) {
      storage.put(LATEST, "service" + i, new Value.NotAnImage("oops"));
    }
    assertThat(texts(lines(storage.cycle())))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("WARN storage: no release from latest: 12 parameters: ")
                    .contains("service10", "service12")
                    .doesNotContain("service13")
                    .endsWith("; and 9 more"));
  }

  @Test
  void aRefusedLabelIsToldOnceAndSoIsItsReturn() {
    lines(storage.publish("bags", "1").cycle());
    storage.put(LATEST, "bags", new Value.NotAnImage("oops"));
    assertThat(texts(lines(storage.cycle())))
        .singleElement()
        .asString()
        .startsWith("WARN storage: no release from latest: /storage/images/latest/bags is 'oops'");
    assertThat(lines(storage.cycle())).isEmpty();
    assertThat(texts(lines(storage.publish("bags", "1").cycle())))
        .containsExactly("INFO storage: latest is valid again");
  }

  @Test
  void anEmptyLabelIsAWarning() {
    assertThat(texts(lines(storage.cycle())))
        .contains("WARN storage: no release from latest: no image is published under 'latest'");
    assertThat(lines(storage.cycle())).isEmpty();
  }

  @Test
  void aGateThatCountsDownIsToldOnce() {
    storage.environment(STAGE, LATEST, PromotionMode.AUTO, DriftPolicy.REPORT, new Countdown());
    assertThat(texts(lines(storage.publish("bags", "1").cycle())))
        .anyMatch(line -> line.endsWith("is held: ready in 3600 s"));
    assertThat(lines(storage.after(Duration.ofMinutes(1)).cycle())).isEmpty();
  }

  @Test
  void aConflictIsNoNews() {
    var lines =
        lines(
            storage
                .publish("bags", "1")
                .cycle(action -> new WriteOutcome.Conflict("another replica cut it")));
    assertThat(lines)
        .filteredOn(line -> line.sentence().contains("another replica"))
        .singleElement()
        .extracting(LogLine::level)
        .isEqualTo(Level.DEBUG);
  }

  @Test
  void failingIsToldWhenItBeginsAndWhenItEnds() {
    assertThat(texts(lines(storage.failing(Failure.transientOne("SSM is throttled")))))
        .containsExactly("WARN storage: failed, will be retried: SSM is throttled");
    assertThat(lines(storage.failing(Failure.transientOne("SSM lost its connection")))).isEmpty();
    storage.after(Duration.ofMinutes(5)).publish("bags", "1");
    assertThat(texts(lines(storage.cycle())))
        .contains("INFO storage: recovered after 5 min and 2 failed cycles");
  }

  @Test
  void everyReasonThatAPersonMustMendIsTold() {
    lines(storage.failing(Failure.stalled("SSM GetParametersByPath was denied")));
    assertThat(texts(lines(storage.failing(Failure.stalled("DynamoDB Query was denied")))))
        .containsExactly(
            "WARN storage: stalled until an operator intervenes: DynamoDB Query was denied");
  }

  @Test
  void parametersThatWereWrittenAreToldEvenIfTheRestFailed() {
    lines(storage.publish("bags", "1").publish("mets", "1").cycle());
    storage.publish("bags", "2").publish("mets", "2");
    var report =
        storage.cycle(
            action ->
                action instanceof Action.ConvergeParameters
                    ? new WriteOutcome.Failed(Failure.transientOne("SSM is throttled"))
                    : new WriteOutcome.Applied());
    assertThat(texts(lines(report)))
        .anyMatch(line -> line.startsWith("INFO storage/stage: wrote 1 of 2 parameters for "))
        .last()
        .isEqualTo("WARN storage: failed, will be retried: SSM is throttled");
  }

  @Test
  void anObserverSaysOnceWhatItWouldDo() {
    storage.publish("bags", "1");
    lines(storage.cycle());
    storage.publish("bags", "2");
    assertThat(texts(lines(storage.observeOnly())))
        .anyMatch(line -> line.startsWith("INFO storage: would cut release "))
        .anyMatch(line -> line.startsWith("INFO storage/stage: would deploy release "))
        .anyMatch(line -> line.startsWith("INFO storage/stage: would write 1 parameter for "));
    assertThat(lines(storage.after(Duration.ofSeconds(15)).observeOnly())).isEmpty();
  }

  @Test
  void strayAndUnnamedParametersAreToldOnce() {
    lines(storage.publish("bags", "1").cycle());
    storage.stray(storage.nested("bags"));
    storage.put(STAGE, "gone", new Value.Image(image("gone", "1")));
    assertThat(texts(lines(storage.cycle())))
        .containsExactly(
            "WARN storage: ignored, since it names no service: /storage/images/latest/bags/more",
            "INFO storage/stage: unmanaged, since the release does not name them: gone");
    assertThat(lines(storage.cycle())).isEmpty();
  }

  private List<LogLine> lines(CycleReport report) {
    var after = status.asking(report.desired()).after(report);
    var lines = StatusLines.between(status, after);
    status = after;
    return lines;
  }

  private static List<String> texts(List<LogLine> lines) {
    return lines.stream()
        .filter(line -> line.level() != Level.DEBUG)
        .map(line -> line.level() + " " + line.text())
        .toList();
  }

  /** Holds with a reason that is another at every look. */
  private record Countdown() implements Gate {
    @Override
    public String name() {
      return "countdown";
    }

    @Override
    public Verdict judge(Candidate candidate) {
      var ready = candidate.release().createdAt().plus(Duration.ofHours(1));
      return Verdict.heldUntil(
          name(),
          "ready in %d s".formatted(Duration.between(candidate.now(), ready).toSeconds()),
          ready);
    }
  }
}
