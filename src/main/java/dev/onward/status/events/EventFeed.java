package dev.onward.status.events;

import dev.onward.command.CommandListener;
import dev.onward.command.CommandResult;
import dev.onward.manifest.ManifestChange;
import dev.onward.manifest.Manifests;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.Release;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedState;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.InterventionUpdate;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.ReconcileListener;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.status.ProjectStatus;
import dev.onward.status.ProjectStatus.Seen;
import dev.onward.store.WriteOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Publishes differences between cycles to subscribers. A cycle that changed nothing publishes
 * nothing, and a subscriber cannot delay a cycle.
 *
 * <p>The status snapshot is updated first, so that a subscriber that reads it after an event finds
 * the change.
 */
@ApplicationScoped
public class EventFeed implements ReconcileListener, CommandListener {
  private static final long NEVER_HEARD = -1;

  private final EventBuffer events;
  private final Map<ProjectId, Told> told = new ConcurrentHashMap<>();

  /** The version of the global interventions. */
  private final AtomicLong everywhere = new AtomicLong(NEVER_HEARD);

  @Inject
  EventFeed(SkewCorrectedClock clock) {
    this((InstantSource) clock);
  }

  EventFeed(InstantSource clock) {
    events = new EventBuffer(clock);
  }

  /**
   * Subscribes to events. A subscriber that missed events since its last known one first gets a
   * {@link StatusEvent.Type#LOST}.
   *
   * @param lastKnown the id of the last event received; absent to start with new events
   * @param wanted the filter; must be quick
   * @return empty if there are too many subscribers already
   */
  public Optional<Subscription> subscribe(
      Optional<String> lastKnown, Predicate<StatusEvent> wanted) {
    return events.subscribe(lastKnown, wanted);
  }

  /** The newest event: a client that read the status afterwards only needs later ones. */
  public StatusEvent.Id newest() {
    return events.newest();
  }

  @Override
  public void cycleEnded(CycleReport report) {
    ProjectId project = report.desired().project();
    told.compute(
        project,
        (same, known) -> {
          Told before = known == null ? Told.nothing(report.desired()) : known;
          ProjectStatus was = before.status().asking(report.desired());
          ProjectStatus is = was.after(report);
          events.publish(project, StatusDiff.between(was, is, before.byPersons()));
          is.seen().map(Seen::observed).ifPresent(seen -> heard(project, before, seen));
          return before.after(is);
        });
  }

  /** An intervention set through another replica: only the fact is known. */
  private void heard(ProjectId project, Told before, ObservedState seen) {
    long version = seen.interventions().version();
    if (before.said().isPresent() && version > before.said().getAsLong()) {
      events.publish(project, List.of(InterventionEvents.setElsewhere(version)));
    }
    long everything = seen.globalInterventions().version();
    long known = everywhere.getAndAccumulate(everything, Math::max);
    if (known != NEVER_HEARD && everything > known) {
      events.publishGlobal(InterventionEvents.setElsewhere(everything));
    }
  }

  /**
   * The effects of a deployment are published after the following cycle, when the snapshot has
   * them.
   */
  @Override
  public void commandEnded(
      DesiredState desired,
      OperatorCommand command,
      Attribution attribution,
      CommandResult report) {
    if (report.outcome().filter(WriteOutcome::applied).isEmpty()) {
      return;
    }
    ProjectId project = desired.project();
    switch (report.grant()) {
      case CommandDecision.Say(InterventionUpdate update) -> {
        events.publish(project, List.of(InterventionEvents.of(update)));
        told.computeIfPresent(project, (same, known) -> known.hearing(update.to().version()));
      }
      case CommandDecision.Deploy deploy ->
          told.computeIfPresent(
              project, (same, known) -> known.deploying(deploy.action().deployment()));
      case CommandDecision.Add(Release release) ->
          events.publish(project, List.of(StatusDiff.composed(release)));
      // The next cycle finds a release that was cut at the end of its label's chain.
      case CommandDecision.Cut _, CommandDecision.Repair _, CommandDecision.Refused _ -> {}
    }
  }

  @Override
  public void globalCommandEnded(
      Intervention intervention, Attribution attribution, CommandResult report) {
    if (report.grant() instanceof CommandDecision.Say(InterventionUpdate update)
        && report.outcome().filter(WriteOutcome::applied).isPresent()) {
      events.publishGlobal(InterventionEvents.of(update));
      everywhere.accumulateAndGet(update.to().version(), Math::max);
    }
  }

  @Override
  public void manifestsChanged(Manifests manifests, List<ManifestChange> changes) {
    for (ManifestChange change : changes) {
      switch (change) {
        case ManifestChange.ProjectAdded(var project, var _) -> publish(project, "added", change);
        case ManifestChange.ProjectChanged(var project, var _) ->
            publish(project, "changed", change);
        case ManifestChange.ProjectKept(var project, var _) -> publish(project, "kept", change);
        // Published when its last cycle has ended.
        case ManifestChange.ProjectRemoved _ -> {}
        case ManifestChange.ProblemAppeared _, ManifestChange.FileMended _ -> {}
      }
    }
  }

  private void publish(ProjectId project, String change, ManifestChange why) {
    events.publish(project, List.of(EventDraft.project(change).with("detail", why.message())));
  }

  @Override
  public void projectRemoved(ProjectId project) {
    told.remove(project);
    events.publish(project, List.of(EventDraft.project("removed")));
  }

  /**
   * What was published of a project so far, and what its next cycle needs.
   *
   * @param said the version of the interventions; absent until a cycle has observed it
   * @param byPersons deployments by people since the last cycle
   */
  private record Told(ProjectStatus status, OptionalLong said, List<Deployment> byPersons) {
    static Told nothing(DesiredState desired) {
      return new Told(ProjectStatus.unseen(desired), OptionalLong.empty(), List.of());
    }

    Told after(ProjectStatus cycle) {
      Told next = new Told(cycle, said, List.of());
      return cycle
          .seen()
          .map(seen -> next.hearing(seen.observed().interventions().version()))
          .orElse(next);
    }

    Told hearing(long version) {
      return new Told(status, OptionalLong.of(Math.max(version, said.orElse(0))), byPersons);
    }

    Told deploying(Deployment deployment) {
      var more = new ArrayList<>(byPersons);
      more.add(deployment);
      return new Told(status, said, List.copyOf(more));
    }
  }
}
