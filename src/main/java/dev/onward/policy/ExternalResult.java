package dev.onward.policy;

import java.time.Instant;
import java.util.Optional;

/** What was found out about a {@link ExternalQuery}. */
public sealed interface ExternalResult {
  /**
   * A change calendar's state.
   *
   * @param nextTransition when it changes, where AWS says so
   */
  record Calendar(boolean open, Optional<Instant> nextTransition) implements ExternalResult {}

  /**
   * A check's newest result.
   *
   * @param passingSince since when every look has found it to hold; absent if the newest did not
   * @param result in words, for people
   */
  record Check(Optional<Instant> passingSince, Instant at, String result)
      implements ExternalResult {}

  /** Nobody could find out; a gate that needs to know holds. */
  record Unknown(String reason) implements ExternalResult {}
}
