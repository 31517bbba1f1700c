package dev.onward.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.local.ssm.Calendars.Closed;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.CalendarState;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateResponse;

class CalendarTest extends SsmTestBase {

  private static final String ARN = "arn:aws:ssm:eu-west-1:123456789012:document/Releases";

  @Test
  void aCalendarIsOpenUntilItIsClosed() {
    aws.calendars().set(ARN);
    GetCalendarStateResponse open = state(ARN);
    assertThat(open.state()).isEqualTo(CalendarState.OPEN);
    assertThat(open.atTime()).isEqualTo("2026-03-04T05:06:07Z");
    assertThat(open.nextTransitionTime()).isNull();

    aws.calendars().close(ARN);
    assertThat(state("Releases").state()).isEqualTo(CalendarState.CLOSED);
  }

  @Test
  void theNextTransitionIsWhenTheStateReallyChanges() {
    Instant start = NOW.plus(Duration.ofHours(1));
    Instant handover = NOW.plus(Duration.ofHours(2));
    Instant end = NOW.plus(Duration.ofHours(3));
    aws.calendars().set("one", new Closed(start, handover));
    aws.calendars().set("two", new Closed(handover, end));

    GetCalendarStateResponse before = state("one", "two");
    assertThat(before.state()).isEqualTo(CalendarState.OPEN);
    assertThat(before.nextTransitionTime()).isEqualTo("2026-03-04T06:06:07Z");

    GetCalendarStateResponse during =
        ssm.getCalendarState(c -> c.calendarNames("one", "two").atTime("2026-03-04T06:30:00Z"));
    assertThat(during.state()).isEqualTo(CalendarState.CLOSED);
    assertThat(during.atTime()).isEqualTo("2026-03-04T06:30:00Z");
    assertThat(during.nextTransitionTime()).isEqualTo("2026-03-04T08:06:07Z");
  }

  @Test
  void anUnknownCalendarIsAnInvalidDocument() {
    assertThat(codeOf(() -> state("Releases"))).isEqualTo("InvalidDocument");
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    aws.calendars().set("Releases");

    assertThat(
            codeOf(() -> ssm.getCalendarState(c -> c.calendarNames("Releases").atTime("tomorrow"))))
        .isEqualTo("ValidationException");
  }

  private GetCalendarStateResponse state(String... names) {
    return ssm.getCalendarState(c -> c.calendarNames(names));
  }
}
