package dev.onward.aws.dynamodb.state;

import static dev.onward.aws.Samples.ALICE;
import static dev.onward.aws.Samples.BOB;
import static dev.onward.aws.Samples.NOON;
import static dev.onward.aws.Samples.STAGE;
import static dev.onward.aws.Samples.STORAGE;
import static dev.onward.aws.Samples.cut;
import static dev.onward.aws.Samples.release;
import static dev.onward.aws.Samples.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.aws.AuditTrailContract;
import dev.onward.aws.FaultyHttp;
import dev.onward.aws.dynamodb.Item;
import dev.onward.model.AuditEvent;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.intervention.Intervention.Hold;
import dev.onward.model.intervention.Intervention.Resume;
import dev.onward.model.intervention.Intervention.StopEverything;
import dev.onward.model.intervention.InterventionState;
import dev.onward.store.AuditTrail;
import dev.onward.store.GlobalStore;
import dev.onward.store.ReleaseStore;
import dev.onward.store.RequestContext;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome.Applied;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract, kept by DynamoDB, and how the trail and what is written beside it agree. */
final class DynamoAuditTrailIT extends AuditTrailContract {
  /** No other test's: the same decision at the same moment is the same transaction. */
  private static final Instant WRITTEN = Instant.parse("2026-04-07T08:00:00Z");

  private final TestAws aws = new TestAws(STORAGE);

  @AfterEach
  void close() {
    aws.close();
  }

  @Override
  public AuditTrail trail(ProjectId project) {
    return aws.auditTrail(project);
  }

  @Test
  void aPageCostsOneRequestAndANoteOneWrite() {
    AuditTrail trail = trail();
    trail.page(1, Optional.empty());
    aws.http.forgetSent();

    trail.note(event(NOON, "refused", ALICE));
    trail.page(100, Optional.empty());

    assertThat(aws.http.sent()).containsExactly("PutItem", "Query");
  }

  @Test
  void whatIsWrittenWithAChangeIsReadFromTheTrail() {
    aws.releaseStore(InstantSource.fixed(WRITTEN)).cut(cut(release("1")));
    ReleaseStore store = aws.releaseStore(InstantSource.fixed(WRITTEN.plusSeconds(1)));
    var hold = say(new Hold(STAGE), InterventionState.NONE, BOB);
    RequestContext.doing("request-7", () -> store.updateInterventions(hold));

    assertThat(trail().page(10, Optional.empty()).events())
        .satisfiesExactly(
            held -> {
              assertThat(held.at()).isEqualTo(WRITTEN.plusSeconds(1));
              assertThat(held.event()).isEqualTo("environment_held");
              assertThat(held.who()).isEqualTo(BOB);
              assertThat(held.subject()).isEqualTo("stage");
              assertThat(held.before()).isEmpty();
              assertThat(held.after()).contains("held by Bob: because");
              assertThat(held.request()).isEqualTo("request-7");
            },
            made -> {
              assertThat(made.event()).isEqualTo("release_cut");
              assertThat(made.who()).isEqualTo(Requester.ONWARD);
              assertThat(made.after()).contains(release("1").id().value());
              assertThat(made.request()).isNotBlank();
            });
  }

  @Test
  void whoeverTakesAWordBackLeavesWhatStoodBefore() {
    ReleaseStore store = aws.releaseStore(InstantSource.system());
    var hold = say(new Hold(STAGE), InterventionState.NONE, BOB);
    store.updateInterventions(hold);
    store.updateInterventions(say(new Resume(STAGE), hold.to()));

    AuditEvent resumed = trail().page(1, Optional.empty()).events().getFirst();
    assertThat(resumed.before()).contains("held by Bob: because");
    assertThat(resumed.after()).isEmpty();
  }

  @Test
  void theSameWordAtTheSameMomentForTwoRequestsIsHeardOnce() {
    ReleaseStore store = aws.releaseStore(InstantSource.fixed(WRITTEN));
    var hold = say(new Hold(STAGE), InterventionState.NONE);

    assertThat(RequestContext.doing("request-1", () -> store.updateInterventions(hold)))
        .isInstanceOf(Applied.class);
    assertThat(RequestContext.doing("request-2", () -> store.updateInterventions(hold)).applied())
        .isTrue();

    assertThat(trail().page(10, Optional.empty()).events())
        .extracting(AuditEvent::request)
        .containsExactly("request-1");
  }

  @Test
  void theDaemonHasATrailOfItsOwn() {
    GlobalStore daemon = aws.daemonStore(InstantSource.system());
    daemon.updateInterventions(say(new StopEverything(), InterventionState.NONE));
    daemon.audit().note(event(NOON, "refused", BOB));

    assertThat(daemon.audit().page(10, Optional.empty()).events())
        .extracting(AuditEvent::event)
        .containsExactly("everything_stopped", "refused");
    assertThat(trail(new ProjectId("daemon")).page(10, Optional.empty()).events()).isEmpty();
  }

  @Test
  void whatCannotBeReadHidesNothingElse() {
    trail().note(event(NOON, "first", ALICE));
    put("2026-03-01T12:00:01.000000#x", Map.of("event", "garbage"));
    put("2026-03-01T12:00:02.000000#x", Map.of("note", "of a later version"));
    trail().note(event(NOON.plusSeconds(3), "last", ALICE));

    AuditTrail.Page first = trail().page(2, Optional.empty());
    assertThat(first.events()).extracting(AuditEvent::event).containsExactly("last");
    assertThat(trail().page(2, first.cursor()).events())
        .extracting(AuditEvent::event)
        .containsExactly("first");
  }

  @Test
  void aNoteWhoseAnswerIsLostIsOneEvent() {
    trail().page(1, Optional.empty());
    aws.http.next("PutItem", FaultyHttp.answerLost());

    trail().note(event(NOON, "refused", ALICE));

    assertThat(trail().page(10, Optional.empty()).events()).hasSize(1);
  }

  @Test
  void aNoteThatCannotBeWrittenIsAFailure() {
    trail().page(1, Optional.empty());
    var denied = FaultyHttp.error(400, "AccessDeniedException", "no");
    aws.http.next("PutItem", denied);

    assertThatThrownBy(() -> trail().note(event(NOON, "refused", ALICE)))
        .isInstanceOf(StoreException.class);
  }

  private void put(String sortKey, Map<String, String> texts) {
    var item =
        Item.builder()
            .text(StateTable.PK, StateOwner.of(STORAGE).auditPartition())
            .text(StateTable.SK, sortKey);
    texts.forEach((name, text) -> item.text(name, text));
    aws.dynamo.putItem(
        request -> request.tableName(aws.state.name()).item(item.build().attributes()));
  }
}
