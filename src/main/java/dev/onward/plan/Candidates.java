package dev.onward.plan;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.policy.Candidate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Builds the candidates that a source has for an environment, each with all the facts that gates
 * evaluate; most are the same for every candidate.
 *
 * @param upstream the source environment; absent if the source is a label
 * @param converged whether the source's parameters match its current release
 * @param sourceDrift the source environment's services with drifted parameters
 * @param deployments the times of earlier deployments to the target
 */
public record Candidates(
    Source source,
    EnvironmentId target,
    ObservedState observed,
    Instant now,
    Optional<ObservedEnvironment> upstream,
    boolean converged,
    SortedSet<ServiceId> sourceDrift,
    List<Instant> deployments) {

  public static Candidates of(
      Source source, EnvironmentId target, ObservedState observed, Instant now) {
    Optional<ObservedEnvironment> upstream =
        source instanceof EnvironmentId id
            ? Optional.of(observed.environment(id))
            : Optional.empty();
    return new Candidates(
        source,
        target,
        observed,
        now,
        upstream,
        upstream.flatMap(ObservedEnvironment::head).map(EnvironmentHead::converged).orElse(true),
        upstream.map(seen -> seen.misplaced(observed)).orElseGet(TreeSet::new),
        observed.environment(target).head().map(EnvironmentHead::history).orElse(List.of()).stream()
            .map(DeployedRelease::deployedAt)
            .toList());
  }

  public Candidate of(Eligible eligible) {
    return new Candidate(
        eligible.release(),
        source,
        target,
        !eligible.current() || converged,
        eligible.soakPeriods(),
        eligible.current(),
        upstream.filter(eligible::isSettledIn).isPresent(),
        sourceDrift,
        deployments,
        observed.globalInterventions(),
        observed.interventions(),
        observed.results(),
        now);
  }
}
