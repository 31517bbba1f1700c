package dev.onward.policy;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.Release;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A release that may go to an environment, with the facts that gates judge it by.
 *
 * @param convergedInSource whether the source's parameters are already this release's, which is
 *     always so for a label
 * @param soakPeriods when it was in its source environment; empty for a label
 * @param runsInSource whether it is the source environment's current release
 * @param settledInSource whether it was seen there, not only planned to be, with all parameters its
 *     own
 * @param sourceDrift the source environment's services whose parameters are not what they should be
 * @param deployments when anything was deployed to the target before, oldest first
 * @param globalInterventions operators' interventions on everything
 * @param project operators' interventions on this project
 * @param results of the queries that gates declared before
 */
public record Candidate(
    Release release,
    Source source,
    EnvironmentId target,
    boolean convergedInSource,
    List<SoakPeriod> soakPeriods,
    boolean runsInSource,
    boolean settledInSource,
    SortedSet<ServiceId> sourceDrift,
    List<Instant> deployments,
    InterventionState globalInterventions,
    InterventionState project,
    Map<ExternalQuery, ExternalResult> results,
    Instant now) {
  public Candidate {
    soakPeriods = List.copyOf(soakPeriods);
    sourceDrift = Collections.unmodifiableSortedSet(new TreeSet<>(sourceDrift));
    deployments = List.copyOf(deployments);
    results = Map.copyOf(results);
  }

  /** The same candidate at another time, if nothing else changes. */
  public Candidate at(Instant time) {
    return new Candidate(
        release,
        source,
        target,
        convergedInSource,
        soakPeriods,
        runsInSource,
        settledInSource,
        sourceDrift,
        deployments,
        globalInterventions,
        project,
        results,
        time);
  }

  public EnvironmentContext situation() {
    return new EnvironmentContext(target, globalInterventions, project, now);
  }

  public Optional<ExternalResult> result(ExternalQuery query) {
    return Optional.ofNullable(results.get(query));
  }
}
