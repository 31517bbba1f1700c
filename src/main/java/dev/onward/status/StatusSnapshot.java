package dev.onward.status;

import dev.onward.command.CommandListener;
import dev.onward.command.CommandResult;
import dev.onward.manifest.ManifestChange;
import dev.onward.manifest.Manifests;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.InterventionUpdate;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.ReconcileListener;
import dev.onward.store.WriteOutcome;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The newest status of every project in force. All reads by API, board and metrics come from here,
 * never from AWS; each status is an immutable snapshot.
 *
 * <p>Notified before all other listeners, so that a reader informed of a change by one of them
 * finds it here.
 */
@ApplicationScoped
@Priority(1)
public class StatusSnapshot implements ReconcileListener, CommandListener {
  private final ConcurrentNavigableMap<ProjectId, ProjectStatus> projects =
      new ConcurrentSkipListMap<>();
  private volatile Manifests manifests = Manifests.NONE;

  /**
   * The newest global interventions set through this process, which a cycle may not have observed
   * yet.
   */
  private volatile InterventionState globalInterventions = InterventionState.NONE;

  private final AtomicLong changes = new AtomicLong();

  @Override
  public void manifestsChanged(Manifests current, List<ManifestChange> changes) {
    current
        .projects()
        .forEach(
            (id, desired) ->
                projects.compute(
                    id,
                    (same, status) ->
                        status == null ? ProjectStatus.unseen(desired) : status.asking(desired)));
    projects.keySet().retainAll(current.projects().keySet());
    manifests = current;
    this.changes.incrementAndGet();
  }

  /** Ignores a cycle that ends after its project was removed. */
  @Override
  public void cycleEnded(CycleReport report) {
    projects.computeIfPresent(report.desired().project(), (id, status) -> status.after(report));
    this.changes.incrementAndGet();
  }

  /** Makes an intervention visible to readers at once, before the next cycle observes it. */
  @Override
  public void commandEnded(
      DesiredState desired,
      OperatorCommand command,
      Attribution attribution,
      CommandResult report) {
    written(report)
        .ifPresent(
            inForce -> {
              projects.computeIfPresent(desired.project(), (id, status) -> status.knowing(inForce));
              changes.incrementAndGet();
            });
  }

  @Override
  public void globalCommandEnded(
      Intervention intervention, Attribution attribution, CommandResult result) {
    written(result).ifPresent(this::globalInterventionsChanged);
  }

  private static Optional<InterventionState> written(CommandResult result) {
    return result.grant() instanceof CommandDecision.Say(InterventionUpdate update)
            && result.outcome().filter(WriteOutcome::applied).isPresent()
        ? Optional.of(update.to())
        : Optional.empty();
  }

  /** By id. */
  public Collection<ProjectStatus> projects() {
    return Collections.unmodifiableCollection(projects.values());
  }

  public Optional<ProjectStatus> project(ProjectId id) {
    return Optional.ofNullable(projects.get(id));
  }

  void globalInterventionsChanged(InterventionState interventions) {
    globalInterventions = interventions;
    this.changes.incrementAndGet();
  }

  /**
   * A number that changes with every update: if it is unchanged, everything read before is still
   * current.
   */
  public long changes() {
    return changes.get();
  }

  /** The global interventions: the newest that any cycle, or this process, observed. */
  public InterventionState globalInterventions() {
    return Stream.concat(
            Stream.of(globalInterventions),
            projects.values().stream()
                .flatMap(status -> status.seen().stream())
                .map(seen -> seen.observed().globalInterventions()))
        .max(Comparator.comparingLong(InterventionState::version))
        .orElse(InterventionState.NONE);
  }

  /** The time of the oldest observation among these projects. */
  public static Optional<Instant> oldestObservation(Collection<ProjectStatus> of) {
    return of.stream()
        .flatMap(status -> status.seen().stream())
        .map(ProjectStatus.Seen::at)
        .min(Comparator.naturalOrder());
  }

  public Manifests manifests() {
    return manifests;
  }
}
