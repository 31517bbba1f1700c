package dev.onward.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.InvalidValueException;
import dev.onward.reconcile.Failure;
import dev.onward.reconcile.MemoryRequestLedger;
import dev.onward.reconcile.RequestLedger;
import dev.onward.reconcile.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedRequestTest {
  private final RequestLedger ledger = new MemoryRequestLedger();

  @Test
  void theSameRequestIsAnsweredTheSameAndNotDoneAgain() {
    KeyedRequest first = request("alice", "k", "{}");
    first.begin();
    first.answered(201, "{\"done\":true}");
    assertThatExceptionOfType(AnsweredBefore.class)
        .isThrownBy(request("alice", "k", "{}")::begin)
        .extracting(AnsweredBefore::answer)
        .isEqualTo(new RequestLedger.Answer(201, "{\"done\":true}"));
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
    KeyedRequest first = request("alice", "k", "{}");
    first.begin();
    first.undone();
    assertThatCode(request("alice", "k", "{\"reason\":\"x\"}")::begin).doesNotThrowAnyException();
  }

  @Test
  void nothingIsDoneWhileTheLedgerIsOutOfReachAndWhatWasDoneStaysDone() {
    var broken = KeyedRequest.of(new Broken(), "alice", "k", "POST", "/", "", "{}");
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

  private KeyedRequest request(String caller, String key, String body) {
    return KeyedRequest.of(ledger, caller, key, "POST", "/api/v1/stop", "", body);
  }

  private static int refused(KeyedRequest request) {
    try {
      request.begin();
      throw new AssertionError("it was not refused");
    } catch (RefusedRequest e) {
      return e.problem("").status();
    }
  }

  private static final class Broken implements RequestLedger {
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
