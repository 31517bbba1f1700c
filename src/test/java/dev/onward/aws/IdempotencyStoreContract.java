package dev.onward.aws;

import static dev.onward.aws.Samples.STORAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.ProjectId;
import dev.onward.reconcile.MovableClock;
import dev.onward.store.IdempotencyStore;
import dev.onward.store.IdempotencyStore.Answer;
import dev.onward.store.IdempotencyStore.Claim;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every ledger of requests must do, whatever it is kept in. */
public abstract class IdempotencyStoreContract {
  private static final Answer DONE = new Answer(201, "{\"done\": true, \"é\": \"✓\"}");

  public final MovableClock clock = new MovableClock();

  /** A ledger on the same data at each call within a test; the data is empty at its start. */
  public abstract IdempotencyStore ledger(ProjectId project);

  public IdempotencyStore ledger() {
    return ledger(STORAGE);
  }

  @Test
  void aKeyIsTakenOnceAndUnderWayUntilItIsAnswered() {
    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.Taken());
    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.UnderWay());

    ledger().answer("k", "deploy 1", DONE);
    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.Answered(DONE));
    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.Answered(DONE));
  }

  @Test
  void ofTwoWhoAskAtTheSameMomentExactlyOneGoesOn() throws Exception {
    ledger().claim("other", "warm");
    for (int i = 0; i < 10; i++) {
      String key = "k" + i;
      List<Claim> claims =
          Concurrently.both(
              () -> ledger().claim(key, "deploy 1"), () -> ledger().claim(key, "deploy 1"));

      assertThat(claims).containsExactlyInAnyOrder(new Claim.Taken(), new Claim.UnderWay());
    }
  }

  @Test
  void somethingElseWithTheSameKeyIsToldSoBeforeAndAfterTheAnswer() {
    ledger().claim("k", "deploy 1");
    assertThat(ledger().claim("k", "deploy 2")).isEqualTo(new Claim.OtherRequest());

    ledger().answer("k", "deploy 1", DONE);
    assertThat(ledger().claim("k", "deploy 2")).isEqualTo(new Claim.OtherRequest());
  }

  @Test
  void keysAndProjectsHaveNothingToDoWithEachOther() {
    ledger().claim("k", "deploy 1");

    assertThat(ledger().claim("l", "deploy 1")).isEqualTo(new Claim.Taken());
    assertThat(ledger(new ProjectId("catalogue")).claim("k", "deploy 2"))
        .isEqualTo(new Claim.Taken());
  }

  @Test
  void aKeyThatIsGivenBackCanBeTakenAgainForSomethingElseToo() {
    ledger().claim("k", "deploy 1");
    ledger().release("k", "deploy 1");

    assertThat(ledger().claim("k", "deploy 2")).isEqualTo(new Claim.Taken());
    assertThat(ledger().claim("k", "deploy 2")).isEqualTo(new Claim.UnderWay());
  }

  @Test
  void whatWasAnsweredIsNotGivenBack() {
    ledger().claim("k", "deploy 1");
    ledger().answer("k", "deploy 1", DONE);
    ledger().release("k", "deploy 1");

    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.Answered(DONE));
  }

  @Test
  void nobodyAnswersOrGivesBackForAnotherRequestNorWithoutHavingAsked() {
    ledger().answer("k", "deploy 1", DONE);
    ledger().release("k", "deploy 1");
    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.Taken());

    ledger().answer("k", "deploy 2", DONE);
    ledger().release("k", "deploy 2");
    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.UnderWay());
  }

  @Test
  void aKeyIsRememberedForADayAnsweredOrNot() {
    ledger().claim("answered", "deploy 1");
    ledger().answer("answered", "deploy 1", DONE);
    ledger().claim("lost", "deploy 1");

    clock.advance(Duration.ofDays(1).minusSeconds(1));
    assertThat(ledger().claim("answered", "deploy 1")).isEqualTo(new Claim.Answered(DONE));
    assertThat(ledger().claim("lost", "deploy 1")).isEqualTo(new Claim.UnderWay());

    clock.advance(Duration.ofSeconds(1));
    assertThat(ledger().claim("answered", "deploy 2")).isEqualTo(new Claim.Taken());
    assertThat(ledger().claim("lost", "deploy 1")).isEqualTo(new Claim.Taken());
    assertThat(ledger().claim("answered", "deploy 2")).isEqualTo(new Claim.UnderWay());
  }

  @Test
  void anAnswerTooLargeToBeKeptLeavesItsStatus() {
    ledger().claim("k", "deploy 1");
    ledger().answer("k", "deploy 1", new Answer(200, "✓".repeat(200_000)));

    assertThat(ledger().claim("k", "deploy 1"))
        .isEqualTo(new Claim.Answered(new Answer(200, Answer.NOT_KEPT)));
  }

  @Test
  void theLargestAnswerIsKeptWhole() {
    var large = new Answer(200, "x".repeat(Answer.LARGEST_BODY));
    ledger().claim("k", "deploy 1");
    ledger().answer("k", "deploy 1", large);

    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.Answered(large));
  }
}
