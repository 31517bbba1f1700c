package dev.onward.aws.ssm;

import dev.onward.aws.client.AwsCallException;
import dev.onward.aws.client.AwsCalls;
import dev.onward.store.ChangeCalendars;
import dev.onward.store.StoreException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CalendarState;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateRequest;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateResponse;

/** The change calendars in AWS Systems Manager; needs {@code ssm:GetCalendarState}. */
public final class SsmChangeCalendars implements ChangeCalendars {
  private final SsmClient ssm;
  private final AwsCalls calls;

  public SsmChangeCalendars(SsmClient ssm, AwsCalls calls) {
    this.ssm = ssm;
    this.calls = calls;
  }

  /**
   * Requests one calendar at a time: the response to a request for several does not distinguish
   * them.
   */
  @Override
  public CalendarAnswer state(String nameOrArn) {
    var request = GetCalendarStateRequest.builder().calendarNames(nameOrArn).build();
    try {
      GetCalendarStateResponse response = calls.call(request, ssm::getCalendarState);
      return new CalendarAnswer(
          response.state() == CalendarState.OPEN, instant(response.nextTransitionTime()));
    } catch (AwsCallException e) {
      throw new StoreException(e.failure(), e);
    }
  }

  /** ISO 8601. A gate that holds does not need to know until when. */
  private static Optional<Instant> instant(@Nullable String time) {
    if (time == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(time).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
