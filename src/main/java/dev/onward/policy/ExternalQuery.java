package dev.onward.policy;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.ReleaseId;

/**
 * What a gate must know of the world outside before it can judge. Gates are pure: they ask,
 * somebody else finds out, and the same candidate is judged again with the answer.
 */
public sealed interface ExternalQuery {
  /**
   * Whether a change calendar allows changes now.
   *
   * @param calendar the name or ARN of an SSM document
   */
  record CalendarState(String calendar) implements ExternalQuery {}

  /**
   * Whether a check of the source environment holds while it runs the release.
   *
   * @param current whether it runs the release now; if not, only what was found before can be told
   */
  record CheckPasses(
      EnvironmentId source, ReleaseId release, boolean current, Verification verification)
      implements ExternalQuery {}
}
