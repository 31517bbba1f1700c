package dev.onward.policy.gate;

import static dev.onward.policy.gate.Judged.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.InvalidValueException;
import dev.onward.policy.ExternalQuery;
import dev.onward.policy.ExternalQuery.CalendarState;
import dev.onward.policy.ExternalResult;
import dev.onward.policy.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChangeCalendarsGateTest {
  private static final String ARN = "arn:aws:ssm:eu-west-1:123456789012:document/Company";
  private static final ExternalQuery STORAGE_STATE = new CalendarState("Storage");
  private static final ExternalQuery COMPANY_STATE = new CalendarState(ARN);

  private final ChangeCalendarsGate gate = new ChangeCalendarsGate(List.of("Storage", ARN));
  private final Asked asked = new Asked(new Judged());

  @Test
  void asksEveryCalendar() {
    assertThat(gate.queries(asked.candidate())).containsExactly(STORAGE_STATE, COMPANY_STATE);
  }

  @Test
  void passesWhileAllAreOpen() {
    asked.answering(gate, open("13:00"));

    assertThat(verdict())
        .isEqualTo(
            Verdict.passed(
                "change_calendars",
                "change calendar Storage is open; change calendar Company is open"));
  }

  @Test
  void holdsWhileOneIsClosed() {
    asked.answering(STORAGE_STATE, open("12:30")).answering(COMPANY_STATE, closed("13:00"));

    assertThat(verdict())
        .isEqualTo(
            Verdict.heldUntil(
                "change_calendars",
                "change calendar Company is closed until 13:00 UTC",
                at("13:00")));
  }

  @Test
  void looksAgainWhenTheLastOpens() {
    asked.answering(STORAGE_STATE, closed("14:00")).answering(COMPANY_STATE, closed("13:00"));

    assertThat(verdict())
        .isEqualTo(
            Verdict.heldUntil(
                "change_calendars",
                "change calendar Storage is closed until 14:00 UTC;"
                    + " change calendar Company is closed until 13:00 UTC",
                at("14:00")));
  }

  @Test
  void holdsWithoutSayingUntilWhenWhereNobodyKnows() {
    asked
        .answering(STORAGE_STATE, new ExternalResult.Calendar(false, Optional.empty()))
        .answering(COMPANY_STATE, open("13:00"));

    assertThat(verdict())
        .isEqualTo(Verdict.held("change_calendars", "change calendar Storage is closed"));
  }

  @Test
  void holdsWhileOneCannotBeAsked() {
    asked
        .answering(STORAGE_STATE, open("13:00"))
        .answering(COMPANY_STATE, new ExternalResult.Unknown("SSM GetCalendarState was denied"));

    assertThat(verdict())
        .isEqualTo(
            Verdict.held(
                "change_calendars",
                "change calendar Company could not be asked: SSM GetCalendarState was denied"));
  }

  @Test
  void holdsUntilAllWereAsked() {
    asked.answering(STORAGE_STATE, open("13:00"));

    assertThat(verdict())
        .isEqualTo(
            Verdict.held("change_calendars", "change calendar Company has not been asked yet"));
  }

  @Test
  void anAnswerEndsWithTheTransitionItNames() {
    asked.answering(STORAGE_STATE, open("13:00")).answering(COMPANY_STATE, open("12:00"));

    assertThat(verdict())
        .isEqualTo(
            Verdict.held(
                "change_calendars",
                "change calendar Company was to change at 12:00 UTC and has not been asked since"));
  }

  @Test
  void namesACalendar() {
    assertThatThrownBy(() -> new ChangeCalendarsGate(List.of()))
        .isInstanceOf(InvalidValueException.class);
  }

  private Verdict verdict() {
    return gate.judge(asked.candidate());
  }

  private static ExternalResult open(String until) {
    return new ExternalResult.Calendar(true, Optional.of(at(until)));
  }

  private static ExternalResult closed(String until) {
    return new ExternalResult.Calendar(false, Optional.of(at(until)));
  }
}
