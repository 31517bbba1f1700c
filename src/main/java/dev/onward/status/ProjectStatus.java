package dev.onward.status;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.DesiredState;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.ObservedState;
import dev.onward.plan.Plan;
import dev.onward.reconcile.CycleReport;
import dev.onward.store.Failure;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The status of one project.
 *
 * @param desired the manifest in force
 * @param lastCycle absent until a first cycle has ended
 * @param seen the newest observation; kept while later cycles fail
 * @param lastSuccess when a cycle last succeeded
 * @param failing present from the first failing cycle until one succeeds
 */
public record ProjectStatus(
    DesiredState desired,
    Optional<CycleReport> lastCycle,
    Optional<Seen> seen,
    Optional<Instant> lastSuccess,
    Optional<Failing> failing) {

  /**
   * The project as one cycle left it.
   *
   * @param at when that cycle's observation began
   * @param plan what was left to do, with every explanation
   */
  public record Seen(Instant at, ObservedState observed, Plan plan) {
    Seen knowing(InterventionState interventions) {
      return interventions.version() > observed.interventions().version()
          ? new Seen(at, observed.withInterventions(interventions), plan)
          : this;
    }
  }

  /**
   * A run of failing cycles.
   *
   * @param failure the newest
   * @param since when the first of them began
   */
  public record Failing(Failure failure, Instant since, int cycles) {}

  /** A project that no cycle has observed yet. */
  public static ProjectStatus unseen(DesiredState desired) {
    return new ProjectStatus(
        desired, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The stalled failure that all of the projects share, if any: it needs an operator. */
  public static Optional<String> commonStall(Collection<ProjectStatus> projects) {
    Set<Optional<Failure>> failures =
        projects.stream()
            .map(it -> it.failing().filter(failing -> !it.isReached()).map(Failing::failure))
            .collect(Collectors.toSet());
    return failures.size() == 1
        ? failures
            .iterator()
            .next()
            .filter(failure -> failure.kind() == Failure.Kind.STALLED)
            .map(Failure::message)
        : Optional.empty();
  }

  public ProjectStatus asking(DesiredState newDesired) {
    return new ProjectStatus(newDesired, lastCycle, seen, lastSuccess, failing);
  }

  /** This status with newer interventions, unless they are already known. */
  ProjectStatus knowing(InterventionState interventions) {
    return new ProjectStatus(
        desired, lastCycle, seen.map(it -> it.knowing(interventions)), lastSuccess, failing);
  }

  public ProjectStatus after(CycleReport report) {
    Optional<Seen> sees =
        report
            .observed()
            .flatMap(
                observed -> report.plan().map(plan -> new Seen(report.startedAt(), observed, plan)))
            // The cycle's observation may be older than the newest intervention.
            .map(it -> seen.map(s -> it.knowing(s.observed().interventions())).orElse(it));
    boolean succeeded = report.outcome() == CycleReport.Outcome.SUCCEEDED;
    return new ProjectStatus(
        desired,
        Optional.of(report),
        sees.or(this::seen),
        succeeded ? Optional.of(report.startedAt().plus(report.duration())) : lastSuccess,
        report.failure().map(failure -> failingAfter(failure, report.startedAt())));
  }

  private Failing failingAfter(Failure failure, Instant at) {
    return new Failing(
        failure,
        failing.map(Failing::since).orElse(at),
        failing.map(Failing::cycles).orElse(0) + 1);
  }

  /** Whether the last cycle could observe the project, whatever the result of its writes. */
  public boolean isReached() {
    return lastCycle.flatMap(CycleReport::observed).isPresent();
  }

  /** The newest explanation of an environment that the manifest still names. */
  public Optional<EnvironmentExplanation> explanation(EnvironmentId id) {
    return seen.map(Seen::plan)
        .filter(plan -> desired.environment(id).isPresent())
        .flatMap(plan -> Optional.ofNullable(plan.environments().get(id)));
  }

  /** The newest explanation of each environment that the manifest still names, in its order. */
  public List<EnvironmentExplanation> explanations() {
    return desired.environments().stream()
        .flatMap(environment -> explanation(environment.id()).stream())
        .toList();
  }
}
