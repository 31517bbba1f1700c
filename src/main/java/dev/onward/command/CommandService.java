package dev.onward.command;

import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Attribution;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedState;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.Listeners;
import dev.onward.reconcile.ProjectLane;
import dev.onward.reconcile.ReconcileLoop;
import dev.onward.reconcile.Reconciler;
import dev.onward.store.Failure;
import dev.onward.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What people ask for, between a project's cycles: they wait for the one under way to end. An
 * operator's word does not wait, for it may be there to end just what the cycle is doing: its write
 * is conditional, and needs nobody's turn and no listing. What follows from it is told by what the
 * last cycle saw, and cannot be told while one is under way.
 */
public final class CommandService {
  /** How long a person waits for the cycle under way. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** How long the preview of a publication waits to be able to say what follows. */
  private static final Duration PATIENCE_OF_A_FORECAST = Duration.ofSeconds(2);

  /** How long an answer waits for the cycle that follows the act. */
  private static final Duration PATIENCE_OF_AN_ANSWER = Duration.ofMillis(300);

  private final Reconciler reconciler;
  private final Supplier<Map<ProjectId, DesiredState>> projects;
  private final Map<ProjectId, ProjectLane> slots;
  private final Listeners listeners;

  /**
   * @param projects of the manifests as they are at the moment of asking
   */
  public CommandService(
      Reconciler reconciler,
      Supplier<Map<ProjectId, DesiredState>> projects,
      Map<ProjectId, ProjectLane> slots,
      Listeners listeners) {
    this.reconciler = reconciler;
    this.projects = projects;
    this.slots = slots;
    this.listeners = listeners;
  }

  /** As {@link ReconcileLoop#execute}. */
  public Optional<CommandResult> execute(
      ProjectId project, OperatorCommand command, Attribution attribution, boolean dryRun) {
    Optional<ProjectLane> slot = slot(project);
    if (slot.isEmpty()) {
      return Optional.empty();
    }
    if (!dryRun && command.isIntervention()) {
      return aside(project, slot.get(), command, attribution);
    }
    if (!isTaken(slot.get(), PATIENCE, project)) {
      throw busy(project);
    }
    Optional<CommandResult> report = inTurn(project, slot.get(), command, attribution, dryRun);
    if (report.flatMap(CommandResult::outcome).isPresent()) {
      awaitWhatFollows(slot.get());
    }
    return report;
  }

  /** Whoever looks next should see what came of it, but nobody waits for long. */
  private static void awaitWhatFollows(ProjectLane slot) {
    try {
      slot.awaitFree(PATIENCE_OF_AN_ANSWER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<CommandResult> inTurn(
      ProjectId project,
      ProjectLane slot,
      OperatorCommand command,
      Attribution attribution,
      boolean dryRun) {
    try {
      slot.begin();
      Optional<DesiredState> desired = desired(project, slot);
      if (desired.isEmpty()) {
        return Optional.empty();
      }
      CommandResult report =
          reconciler.execute(desired.get(), slot.memory(), command, attribution, dryRun);
      if (report.outcome().isPresent()) {
        slot.ask(cycle -> {});
      }
      listeners.publish(
          listener -> listener.commandEnded(desired.get(), command, attribution, report));
      return Optional.of(report);
    } finally {
      slot.giveBack();
    }
  }

  /** As {@link ReconcileLoop#publish}. It needs nobody's turn: builds publish at any time, too. */
  public Optional<PublicationResult> publish(
      ProjectId project, Publication publication, Attribution attribution, boolean dryRun) {
    Optional<ProjectLane> slot = slot(project);
    Optional<DesiredState> desired = slot.flatMap(it -> desired(project, it));
    if (slot.isEmpty() || desired.isEmpty()) {
      return Optional.empty();
    }
    if (dryRun) {
      return forecast(project, slot.get(), publication)
          .or(() -> Optional.of(reconciler.publish(desired.get(), publication, attribution, true)));
    }
    PublicationResult report = reconciler.publish(desired.get(), publication, attribution, false);
    listeners.publish(
        listener -> listener.published(desired.get(), publication, attribution, report));
    if (report instanceof PublicationResult.Ended ended && ended.written().findAny().isPresent()) {
      slot.get().ask(cycle -> {});
      awaitWhatFollows(slot.get());
    }
    return Optional.of(report);
  }

  /** Empty if what follows cannot be known: the project is busy, or cannot be observed. */
  private Optional<PublicationResult> forecast(
      ProjectId project, ProjectLane slot, Publication publication) {
    if (!isTaken(slot, PATIENCE_OF_A_FORECAST, project)) {
      return Optional.empty();
    }
    try {
      slot.begin();
      return desired(project, slot)
          .map(it -> reconciler.previewPublication(it, slot.memory(), publication));
    } catch (StoreException e) {
      return Optional.empty();
    } finally {
      slot.giveBack();
    }
  }

  /** As {@link ReconcileLoop#look}. */
  public Optional<ReconcileResult> look(
      ProjectId project, Attribution attribution, boolean dryRun) {
    Optional<ProjectLane> slot = slot(project);
    Optional<DesiredState> desired = slot.flatMap(it -> desired(project, it));
    if (slot.isEmpty() || desired.isEmpty()) {
      return Optional.empty();
    }
    if (dryRun) {
      if (!isTaken(slot.get(), PATIENCE, project)) {
        throw busy(project);
      }
      return preview(project, slot.get());
    }
    reconciler.noteObservation(desired.get(), attribution);
    return cycle(slot.get());
  }

  private Optional<ReconcileResult> preview(ProjectId project, ProjectLane slot) {
    try {
      slot.begin();
      return desired(project, slot)
          .map(desired -> new ReconcileResult.Ended(reconciler.look(desired, slot.memory())));
    } finally {
      slot.giveBack();
    }
  }

  private static Optional<ReconcileResult> cycle(ProjectLane slot) {
    slot.memory().delays().clear();
    var ended = new CompletableFuture<Optional<CycleReport>>();
    slot.ask(ended::complete);
    try {
      return ended.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).map(ReconcileResult.Ended::new);
    } catch (TimeoutException e) {
      return Optional.of(new ReconcileResult.UnderWay());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new ReconcileResult.UnderWay());
    }
  }

  private static StoreException busy(ProjectId project) {
    return new StoreException(
        Failure.transientOne(
            "a cycle of %s has been under way for more than %s s; try again"
                .formatted(project, PATIENCE.toSeconds())));
  }

  /** The cycle under way may know nothing of the word, so another follows at once. */
  private Optional<CommandResult> aside(
      ProjectId project, ProjectLane slot, OperatorCommand command, Attribution attribution) {
    Optional<DesiredState> desired = desired(project, slot);
    if (desired.isEmpty()) {
      return Optional.empty();
    }
    Optional<ObservedState> lastSeen =
        slot.sightAtRest()
            .filter(sight -> sight.desired().equals(desired.get()))
            .map(ProjectLane.Sight::observed);
    CommandResult report =
        reconciler.updateInterventions(
            desired.get(), slot.memory(), command, attribution, lastSeen, false);
    listeners.publish(
        listener -> listener.commandEnded(desired.get(), command, attribution, report));
    if (report.outcome().isPresent()) {
      slot.ask(cycle -> {});
      awaitWhatFollows(slot);
    }
    return Optional.of(report);
  }

  private Optional<ProjectLane> slot(ProjectId project) {
    return projects.get().containsKey(project)
        ? Optional.ofNullable(slots.get(project))
        : Optional.empty();
  }

  /** The manifest may have changed, or the project have gone or come anew, during the wait. */
  private Optional<DesiredState> desired(ProjectId project, ProjectLane slot) {
    return slots.get(project) == slot
        ? Optional.ofNullable(projects.get().get(project))
        : Optional.empty();
  }

  private static boolean isTaken(ProjectLane slot, Duration patience, ProjectId project) {
    try {
      return slot.takeFor(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          Failure.transientOne("interrupted while waiting for a cycle of " + project), e);
    }
  }
}
