package dev.onward.status.log;

import static dev.onward.status.StatusFixture.LATEST;
import static dev.onward.status.StatusFixture.PROD;
import static dev.onward.status.StatusFixture.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.command.CommandResult;
import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.status.StatusFixture;
import dev.onward.store.Failure;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CommandLinesTest {
  private final StatusFixture storage = StatusFixture.storage().publish("bags", "1");
  private final ReleaseId first = current();

  @Test
  void aHoldTellsWhoUntilWhenAndWhy() {
    assertThat(
            line(
                new OperatorCommand.Say(new Intervention.Hold(PROD)),
                storage.said("alice", "fire in the data centre", Duration.ofHours(2))))
        .isEqualTo("INFO storage/prod: held by alice until 12:00 UTC: fire in the data centre");
  }

  @Test
  void anEndOnAnotherDayHasItsDate() {
    assertThat(
            line(
                new OperatorCommand.Say(new Intervention.StopEverything()),
                storage.said("alice", "fire", Duration.ofDays(1))))
        .isEqualTo("INFO storage: stopped by alice until 2026-03-03 10:00 UTC: fire");
  }

  @Test
  void everyWordHasItsSentence() {
    String release = first.shortForm();
    said(new Intervention.Reject(first), "storage: release %s rejected".formatted(release));
    said(
        new Intervention.Unreject(first),
        "storage: rejection of release %s removed".formatted(release));
    said(
        new Intervention.Approve(first, PROD),
        "storage/prod: release %s approved".formatted(release));
    said(new Intervention.Hold(PROD), "storage/prod: held");
    said(new Intervention.Resume(PROD), "storage/prod: resumed");
    said(new Intervention.StopEverything(), "storage: stopped");
    said(new Intervention.ResumeEverything(), "storage: resumed");
    assertThat(
            line(
                new OperatorCommand.Say(
                    new Intervention.SetFreeze("christmas", Optional.of(PROD), Optional.empty()))))
        .isEqualTo("INFO storage/prod: frozen by alice: because (freeze 'christmas')");
    said(
        new Intervention.LiftFreeze("christmas", Optional.of(PROD)),
        "storage/prod: freeze 'christmas' lifted");
  }

  @Test
  void whatIsLiftedAndRefusedIsToldWhereItWasAsked() {
    var lift = new Intervention.LiftFreeze("christmas", Optional.of(PROD));
    assertThat(line(new OperatorCommand.Say(lift)))
        .isEqualTo(
            "INFO storage/prod: refused lifting the freeze 'christmas' for alice: there is no"
                + " freeze 'christmas'");
    assertThat(
            line(
                new OperatorCommand.Say(new Intervention.Hold(PROD)),
                Optional.of(7L),
                storage.said("alice", "because"),
                new WriteOutcome.Applied()))
        .isEqualTo(
            "INFO storage/prod: refused a hold for alice: the interventions are at version 0,"
                + " not at version 7: read them again");
  }

  @Test
  void aDeploymentNamesTheGatesItPassedOver() {
    hold(STAGE);
    storage.after(Duration.ofMinutes(5)).publish("bags", "2");
    storage.cycle();
    assertThat(line(new OperatorCommand.Deploy(PROD, first, false)))
        .isEqualTo("INFO storage/prod: deployed release %s by alice: because".formatted(short8()));
    hold(PROD);
    ReleaseId second = newest();
    assertThat(line(new OperatorCommand.Deploy(PROD, second, true)))
        .startsWith(
            "INFO storage/prod: deployed release %s by alice: because; overriding "
                .formatted(second.shortForm()))
        .contains("hold");
    assertThat(line(new OperatorCommand.RollBack(PROD, OperatorCommand.RollBackTo.OLDER, true)))
        .startsWith(
            "INFO storage/prod: rolled back to release %s by alice: because; overriding"
                .formatted(short8()));
  }

  @Test
  void aReleaseThatWasPutTogetherHasItsId() {
    assertThat(line(new OperatorCommand.Compose(LATEST, new TreeMap<>())))
        .matches("INFO storage: made release [0-9a-f]{8} of 1 service by alice: because");
  }

  @Test
  void aRefusalSaysWhatWasAskedByWhomAndWhyNot() {
    hold(PROD);
    assertThat(line(new OperatorCommand.Say(new Intervention.Hold(PROD))))
        .startsWith("INFO storage/prod: refused a hold for alice: prod is already held, by alice");
  }

  @Test
  void whatCameToNothingIsNotToldAsDone() {
    var wish = new OperatorCommand.Say(new Intervention.Hold(PROD));
    assertThat(line(wish, new WriteOutcome.Conflict("the words changed")))
        .isEqualTo(
            "INFO storage/prod: refused a hold for alice: conflict with another writer: the words"
                + " changed");
    assertThat(line(wish, new WriteOutcome.Unknown(Failure.transientOne("timed out"))))
        .isEqualTo("WARN storage/prod: a hold for alice: outcome unknown: timed out");
    assertThat(line(wish, new WriteOutcome.Failed(Failure.stalled("denied"))))
        .isEqualTo("WARN storage/prod: a hold for alice failed: denied");
  }

  @Test
  void aPreviewHasNoLine() {
    var attribution = storage.said("alice", "because");
    var wish = new OperatorCommand.Say(new Intervention.Hold(PROD));
    var tried = storage.execute(wish, attribution, new WriteOutcome.Conflict("not written"));
    var preview = new CommandResult(tried.grant(), Optional.empty(), Optional.empty(), true);
    assertThat(new CommandLines(Optional.empty(), attribution).of(wish, preview)).isEmpty();
  }

  @Test
  void aRefusedPreviewHasNoLineEither() {
    var attribution = storage.said("alice", "because");
    var wish = new OperatorCommand.Say(new Intervention.Resume(PROD));
    var refused = storage.execute(wish, attribution, new WriteOutcome.Applied());
    assertThat(new CommandLines(Optional.empty(), attribution).of(wish, refused)).isPresent();
    var preview = new CommandResult(refused.grant(), Optional.empty(), Optional.empty(), true);
    assertThat(new CommandLines(Optional.empty(), attribution).of(wish, preview)).isEmpty();
  }

  @Test
  void whatIsSaidOfEverythingIsOfNoProject() {
    var attribution = storage.said("alice", "fire");
    var wish = new OperatorCommand.Say(new Intervention.StopEverything());
    var report = storage.execute(wish, attribution, new WriteOutcome.Applied());
    assertThat(
            new CommandLines(Optional.empty(), attribution).of(wish, report).orElseThrow().text())
        .isEqualTo("everything: stopped by alice: fire");
  }

  private void said(Intervention intervention, String sentence) {
    assertThat(line(new OperatorCommand.Say(intervention)))
        .isEqualTo("INFO %s by alice: because".formatted(sentence));
  }

  private void hold(EnvironmentId environment) {
    line(new OperatorCommand.Say(new Intervention.Hold(environment)));
  }

  private String line(OperatorCommand command) {
    return line(command, storage.said("alice", "because"));
  }

  private String line(OperatorCommand command, Attribution attribution) {
    return line(command, attribution, new WriteOutcome.Applied());
  }

  private String line(OperatorCommand command, WriteOutcome outcome) {
    return line(command, storage.said("alice", "because"), outcome);
  }

  private String line(OperatorCommand command, Attribution attribution, WriteOutcome outcome) {
    return line(command, Optional.empty(), attribution, outcome);
  }

  private String line(
      OperatorCommand command,
      Optional<Long> expectedVersion,
      Attribution attribution,
      WriteOutcome outcome) {
    var line =
        new CommandLines(Optional.of(storage.desired().project()), attribution)
            .of(command, storage.execute(command, expectedVersion, attribution, outcome))
            .orElseThrow();
    return line.level() + " " + line.text();
  }

  private String short8() {
    return first.shortForm();
  }

  private ReleaseId current() {
    return storage
        .cycle()
        .observed()
        .orElseThrow()
        .environment(STAGE)
        .head()
        .flatMap(EnvironmentHead::current)
        .map(DeployedRelease::release)
        .orElseThrow();
  }

  private ReleaseId newest() {
    return storage
        .observeOnly()
        .plan()
        .orElseThrow()
        .labels()
        .get(LATEST)
        .newest()
        .orElseThrow()
        .id();
  }
}
