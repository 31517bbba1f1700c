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
 * Tells whoever watches what became different, when it did. A cycle that changed nothing tells
 * nothing, and nobody who watches can hold up a cycle.
 *
 * <p>Whoever is told of a change and then looks at the status board finds it there: the board is
 * told first.
 */
@ApplicationScoped
public class EventFeed implements ReconcileListener, CommandListener {
  private static final long NEVER_HEARD = -1;

  private final EventBuffer events;
  private final Map<ProjectId, Told> told = new ConcurrentHashMap<>();

  /** The version of what operators have said of everything. */
  private final AtomicLong everywhere = new AtomicLong(NEVER_HEARD);

  @Inject
  EventFeed(SkewCorrectedClock clock) {
    this((InstantSource) clock);
  }

  EventFeed(InstantSource clock) {
    events = new EventBuffer(clock);
  }

  /**
   * Begins to watch. Whoever missed events since the last one they know of gets a {@link
   * StatusEvent.Type#LOST} first.
   *
   * @param lastKnown the id of the last event that was received; absent for what comes from now on
   * @param wanted which events; must be quick
   * @return empty if too many are watching already
   */
  public Optional<Subscription> subscribe(
      Optional<String> lastKnown, Predicate<StatusEvent> wanted) {
    return events.subscribe(lastKnown, wanted);
  }

  /** The newest event there is: whoever has looked since then needs only what comes after it. */
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

  /** What was said through another replica: that something was said, and no more. */
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

  /** What comes of a deployment is told after the cycle that follows, when the board has it. */
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
      // A release that was cut is found at the end of its label's chain by the next cycle.
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
        // Told when its last cycle has ended.
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
   * What was told of a project so far, and what its next cycle needs to know.
   *
   * @param said the version of what operators have said; absent until a cycle has seen it
   * @param byPersons what persons deployed since the last cycle
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
