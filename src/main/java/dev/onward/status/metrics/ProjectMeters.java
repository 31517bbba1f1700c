package dev.onward.status.metrics;

import dev.onward.command.CommandResult;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.plan.Action;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.Words;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.CycleReport.Outcome;
import dev.onward.reconcile.execute.ActionResult;
import dev.onward.store.WriteOutcome;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The counters and histograms of one project. They exist, at 0, from its first cycle on, so that a
 * first event shows as an increase; those of a label or environment that the manifest no longer
 * names are removed. Commands are counted concurrently with cycles.
 */
final class ProjectMeters {
  private final HighCardinalitySeries counts;
  private final String project;
  private final Map<Outcome, Tally> cycles = new EnumMap<>(Outcome.class);
  private final Map<Label, Tally> releases = new HashMap<>();
  private final Map<EnvironmentId, EnvironmentMeters> environments = new HashMap<>();
  private final InterventionMeters interventions;
  private Optional<DesiredState> fitted = Optional.empty();

  ProjectMeters(HighCardinalitySeries counts, ProjectId project) {
    this.counts = counts;
    this.project = project.value();
    this.interventions = new InterventionMeters(counts, this.project);
  }

  /** Adjusts the meters to the manifest; does nothing if it is unchanged. */
  synchronized void fit(DesiredState desired) {
    if (fitted.filter(desired::equals).isPresent()) {
      return;
    }
    fitted = Optional.of(desired);
    retain(releases, desired.watchedLabels(), counts::remove);
    for (Label label : desired.watchedLabels()) {
      releases.computeIfAbsent(
          label, l -> counts.tally(OnwardMetric.RELEASES_CREATED, project, l.value()));
    }
    Set<EnvironmentId> named =
        desired.environments().stream().map(DesiredEnvironment::id).collect(Collectors.toSet());
    retain(environments, named, EnvironmentMeters::remove);
    for (EnvironmentId id : named) {
      environments.computeIfAbsent(id, e -> new EnvironmentMeters(counts, project, e.value()));
    }
  }

  /** A replica that runs no cycles must not look like one whose cycles fail. */
  synchronized void standBy() {
    cycles.values().forEach(counts::remove);
    cycles.clear();
  }

  synchronized void count(CycleReport report) {
    for (Outcome outcome : Outcome.values()) {
      cycles.computeIfAbsent(outcome, o -> counts.tally(OnwardMetric.CYCLES, project, Words.of(o)));
    }
    of(cycles, report.outcome()).increment();
    report.results().forEach(this::count);
  }

  /** A preview has no outcome and is not counted. */
  synchronized void count(OperatorCommand command, CommandResult report) {
    if (command instanceof OperatorCommand.Say(Intervention intervention)) {
      interventions.count(intervention, report);
    }
    if (!(report.outcome().orElse(null) instanceof WriteOutcome.Applied)) {
      return;
    }
    if (report.grant() instanceof CommandDecision.Deploy deploy) {
      EnvironmentHead head = deploy.action().to();
      of(environments, head.environment()).deployed(head);
    }
    if (report.grant() instanceof CommandDecision.Cut(var action)) {
      of(releases, action.to().label()).increment();
    }
  }

  /** What was already applied was counted by the process that applied it. */
  private void count(ActionResult result) {
    boolean applied = result.outcome() instanceof WriteOutcome.Applied;
    switch (result.action()) {
      case Action.CutRelease cut -> {
        if (applied) {
          of(releases, cut.to().label()).increment();
        }
      }
      case Action.RecordDeployment deployment -> {
        if (applied) {
          of(environments, deployment.to().environment()).deployed(deployment.to());
        }
      }
      case Action.AdoptDeployment adopt -> {
        if (applied) {
          of(environments, adopt.to().environment()).deployed(adopt.to());
        }
      }
      case Action.ConvergeParameters converge ->
          of(environments, converge.head().environment()).wrote(result, converge);
      case Action.InitialiseEnvironment initialise -> {}
    }
  }

  synchronized void remove() {
    interventions.remove();
    cycles.values().forEach(counts::remove);
    releases.values().forEach(counts::remove);
    environments.values().forEach(EnvironmentMeters::remove);
  }

  /** A cycle acts only on what its manifest names. */
  private static <K, V> V of(Map<K, V> map, K key) {
    return Objects.requireNonNull(map.get(key), key::toString);
  }

  private static <K, V> void retain(Map<K, V> map, Collection<K> keys, Consumer<V> removal) {
    map.entrySet()
        .removeIf(
            entry -> {
              boolean gone = !keys.contains(entry.getKey());
              if (gone) {
                removal.accept(entry.getValue());
              }
              return gone;
            });
  }
}
