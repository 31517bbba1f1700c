package dev.onward.store;

import java.time.Instant;
import java.util.Optional;

/** The port to AWS Systems Manager Change Calendar, with one project's credentials. */
public interface ChangeCalendars {
  /**
   * A calendar's current state.
   *
   * @param nextTransition when the state changes, where AWS reports it
   */
  record CalendarAnswer(boolean open, Optional<Instant> nextTransition) {}

  /**
   * Reads one calendar. Throws {@link StoreException}.
   *
   * @param nameOrArn of its SSM document; a calendar of another account is identified by its ARN
   */
  CalendarAnswer state(String nameOrArn);
}
