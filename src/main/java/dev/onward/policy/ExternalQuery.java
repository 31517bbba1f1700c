package dev.onward.policy;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.ReleaseId;

/**
 * A fact outside Onward's own data that a gate needs for its verdict. Gates are pure: they declare
 * the query, the reconciler runs it, and the same candidate is evaluated again with the result.
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
   * @param current whether it runs the release now; if not, only earlier results are known
   */
  record CheckPasses(
      EnvironmentId source, ReleaseId release, boolean current, Verification verification)
      implements ExternalQuery {}
}
