package dev.onward.plan.replay;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.IterativePlanner;
import dev.onward.plan.ObservedState;
import dev.onward.policy.ExternalQuery;
import dev.onward.policy.ExternalResult;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The external results that a replay assumes: calendars are open, and a check passed for as long as
 * the release was in the source environment.
 */
record ReplayAnswers(ObservedState state, Instant now) implements IterativePlanner.Inquiry {
  @Override
  public Map<ExternalQuery, ExternalResult> ask(Collection<ExternalQuery> queries) {
    var results = new HashMap<ExternalQuery, ExternalResult>();
    for (ExternalQuery query : queries) {
      results.put(
          query,
          switch (query) {
            case ExternalQuery.CalendarState _ ->
                new ExternalResult.Calendar(true, Optional.empty());
            case ExternalQuery.CheckPasses check -> check(check.source(), check.release());
          });
    }
    return results;
  }

  private ExternalResult check(EnvironmentId source, ReleaseId release) {
    List<DeployedRelease> history =
        state.environment(source).head().map(EnvironmentHead::history).orElse(List.of());
    Instant end = now;
    for (DeployedRelease deployed : history.reversed()) {
      if (deployed.release().equals(release)) {
        return new ExternalResult.Check(
            Optional.of(deployed.deployedAt()), end, "assumed by the replay");
      }
      end = deployed.deployedAt();
    }
    return new ExternalResult.Unknown("it was never in %s".formatted(source));
  }
}
