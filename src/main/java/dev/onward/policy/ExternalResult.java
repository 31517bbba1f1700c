package dev.onward.policy;

import java.time.Instant;
import java.util.Optional;

/** The result of an {@link ExternalQuery}. */
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
   * @param passingSince since when every run has passed; absent if the newest failed
   * @param result a description for people
   */
  record Check(Optional<Instant> passingSince, Instant at, String result)
      implements ExternalResult {}

  /** The fact could not be determined; a gate that needs it holds. */
  record Unknown(String reason) implements ExternalResult {}
}
