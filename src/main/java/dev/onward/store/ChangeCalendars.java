package dev.onward.store;

import java.time.Instant;
import java.util.Optional;

/** The port to AWS's change calendars, with one project's credentials. */
public interface ChangeCalendars {
  /**
   * What a calendar says of this moment.
   *
   * @param nextTransition when that changes, where AWS says so
   */
  record CalendarAnswer(boolean open, Optional<Instant> nextTransition) {}

  /**
   * Asks one calendar. Throws {@link StoreException}.
   *
   * @param nameOrArn of its SSM document; another account's is shared by its ARN
   */
  CalendarAnswer state(String nameOrArn);
}
