package dev.onward.aws.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.aws.FaultyHttp;
import dev.onward.aws.client.Pace;
import dev.onward.aws.dynamodb.state.TestAws;
import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import dev.onward.local.ssm.Calendars.Closed;
import dev.onward.model.ProjectId;
import dev.onward.store.ChangeCalendars;
import dev.onward.store.ChangeCalendars.CalendarAnswer;
import dev.onward.store.Failure;
import dev.onward.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What AWS says of change calendars, and what becomes of calls when something goes wrong. */
final class SsmChangeCalendarsIT {
  private static final String GET = "GetCalendarState";
  private static final String ARN = "arn:aws:ssm:eu-west-1:123456789012:document/Releases";
  private static final LocalAws LOCAL =
      LocalAws.start(LocalAwsOptions.defaults().onAnyPort().withoutDynamoDb());

  private final TestAws aws = new TestAws(new ProjectId("storage"), LOCAL);
  private final ChangeCalendars calendars =
      new SsmChangeCalendars(aws.ssm, TestAws.calls(Pace.UNLIMITED));

  @AfterEach
  void close() {
    aws.close();
  }

  @AfterAll
  static void stop() {
    LOCAL.close();
  }

  @Test
  void anOpenCalendarSaysWhenItCloses() {
    Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(1));
    LOCAL.calendars().set("Releases", new Closed(from, from.plusSeconds(60)));

    assertThat(calendars.state("Releases")).isEqualTo(new CalendarAnswer(true, Optional.of(from)));
    assertThat(calendars.state(ARN)).isEqualTo(new CalendarAnswer(true, Optional.of(from)));
  }

  @Test
  void aCalendarThatIsClosedForGoodNamesNoTransition() {
    LOCAL.calendars().close("Closed");

    assertThat(calendars.state("Closed")).isEqualTo(new CalendarAnswer(false, Optional.empty()));
  }

  @Test
  void aCalendarThatDoesNotExistIsAFailureForAPerson() {
    assertThatThrownBy(() -> calendars.state("Nowhere"))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.STALLED))
        .hasMessageContaining("SSM GetCalendarState")
        .hasMessageContaining("InvalidDocument");
  }

  @Test
  void aMissingPermissionIsNamed() {
    aws.http.next(GET, FaultyHttp.error(400, "AccessDeniedException", "not allowed"));

    assertThatThrownBy(() -> calendars.state("Releases"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("allow ssm:GetCalendarState");
  }

  @Test
  void aThrottledRequestIsRepeated() {
    LOCAL.calendars().set("Open");
    aws.http.next(GET, FaultyHttp.error(400, "ThrottlingException", "Rate exceeded"));

    assertThat(calendars.state("Open").open()).isTrue();
    assertThat(aws.http.sent(GET)).isEqualTo(2);
  }

  @Test
  void aStateThatIsNotKnownIsNotOpen() {
    aws.http.next(
        GET,
        FaultyHttp.answer(200, "{\"State\": \"HALF_OPEN\", \"NextTransitionTime\": \"soon\"}"));

    assertThatThrownBy(() -> calendars.state("Releases"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the calendar is 'HALF_OPEN'; allowed: OPEN or CLOSED");
  }
}
