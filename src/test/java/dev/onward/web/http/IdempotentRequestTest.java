package dev.onward.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.InvalidValueException;
import dev.onward.reconcile.MemoryIdempotencyStore;
import dev.onward.store.Failure;
import dev.onward.store.IdempotencyStore;
import dev.onward.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotentRequestTest {
  private final IdempotencyStore ledger = new MemoryIdempotencyStore();

  @Test
  void theSameRequestIsAnsweredTheSameAndNotDoneAgain() {
    IdempotentRequest first = request("alice", "k", "{}");
    first.begin();
    first.answered(201, "{\"done\":true}");
    assertThatExceptionOfType(ReplayedResponseException.class)
        .isThrownBy(request("alice", "k", "{}")::begin)
        .extracting(ReplayedResponseException::answer)
        .isEqualTo(new IdempotencyStore.Answer(201, "{\"done\":true}"));
  }

  @Test
  void anotherRequestWithThatKeyIsRefused() {
    request("alice", "k", "{}").begin();
    assertThat(refused(request("alice", "k", "{\"reason\":\"x\"}"))).isEqualTo(422);
  }

  @Test
  void keysOfTwoPeopleAreNotTheSame() {
    request("alice", "k", "{}").begin();
    assertThatCode(request("bob", "k", "{}")::begin).doesNotThrowAnyException();
  }

  @Test
  void noPartOfAnIdPassesForPartOfAKey() {
    request("u", "x#y", "{}").begin();
    assertThatCode(request("u#x", "y", "{}")::begin).doesNotThrowAnyException();
    assertThatCode(request("u%23x", "y", "{}")::begin).doesNotThrowAnyException();
    assertThatCode(request("u%", "23x#y", "{}")::begin).doesNotThrowAnyException();
  }

  @Test
  void whatIsUnderWayOrWasInterruptedIsNotDoneTwice() {
    request("alice", "k", "{}").begin();
    assertThat(refused(request("alice", "k", "{}"))).isEqualTo(409);
  }

  @Test
  void whatWasNotDoneCanBeAskedAgainEvenOtherwise() {
    IdempotentRequest first = request("alice", "k", "{}");
    first.begin();
    first.undone();
    assertThatCode(request("alice", "k", "{\"reason\":\"x\"}")::begin).doesNotThrowAnyException();
  }

  @Test
  void nothingIsDoneWhileTheLedgerIsOutOfReachAndWhatWasDoneStaysDone() {
    var broken = IdempotentRequest.of(new Broken(), "alice", "k", "POST", "/", "", "{}");
    assertThatThrownBy(broken::begin).isInstanceOf(StoreException.class);
    assertThatCode(() -> broken.answered(200, "{}")).doesNotThrowAnyException();
    assertThatCode(broken::undone).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "ä", "\u0000", "a\n"})
  void whatIsNoKeyIsRefused(String key) {
    assertThatThrownBy(() -> request("alice", key, "{}"))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("Idempotency-Key");
  }

  @Test
  void aKeyHasAtMost128Characters() {
    assertThatCode(() -> request("alice", "k".repeat(128), "")).doesNotThrowAnyException();
    assertThatThrownBy(() -> request("alice", "k".repeat(129), ""))
        .isInstanceOf(InvalidValueException.class);
  }

  private IdempotentRequest request(String caller, String key, String body) {
    return IdempotentRequest.of(ledger, caller, key, "POST", "/api/v1/stop", "", body);
  }

  private static int refused(IdempotentRequest request) {
    try {
      request.begin();
      throw new AssertionError("it was not refused");
    } catch (CommandRejectedException e) {
      return e.problem("").status();
    }
  }

  private static final class Broken implements IdempotencyStore {
    @Override
    public Claim claim(String key, String fingerprint) {
      throw outOfReach();
    }

    @Override
    public void answer(String key, String fingerprint, Answer answer) {
      throw outOfReach();
    }

    @Override
    public void release(String key, String fingerprint) {
      throw outOfReach();
    }

    private static StoreException outOfReach() {
      return new StoreException(Failure.transientOne("throttled"));
    }
  }
}
