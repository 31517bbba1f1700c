package dev.onward.command;

import dev.onward.OnwardConfig;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedState;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.Listeners;
import dev.onward.reconcile.ProjectLane;
import dev.onward.reconcile.ReconcileLoop;
import dev.onward.reconcile.Reconciler;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.store.AuditWriter;
import dev.onward.store.Failure;
import dev.onward.store.ProjectStores;
import dev.onward.store.StoreException;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one way in for people's commands, which are executed in the caller's thread.
 *
 * <p>Between a project's cycles they wait for the one under way to end. An intervention does not
 * wait, for it may be there to end just what the cycle is doing: its write is conditional, and
 * needs nobody's turn and no listing. What follows from it is told by what the last cycle saw, and
 * cannot be told while one is under way. If anything was written, the project is reconciled next.
 *
 * <p>Every method throws {@link StoreException} if what it needs cannot be read, or if Onward only
 * observes and it is no dry run.
 */
@ApplicationScoped
public class CommandService {
  /** How long a person waits for the cycle under way. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** How long the preview of a publication waits to be able to say what follows. */
  private static final Duration PATIENCE_OF_A_FORECAST = Duration.ofSeconds(2);

  /** How long an answer waits for the cycle that follows the command. */
  private static final Duration PATIENCE_OF_AN_ANSWER = Duration.ofMillis(300);

  private final OnwardConfig.Mode mode;
  private final ProjectStores.Provider provider;
  private final ReconcileLoop loop;
  private final Reconciler reconciler;
  private final CommandExecutor executor;
  private final ImagePublisher publisher;
  private final SkewCorrectedClock clock;
  private final Listeners<CommandListener> listeners;

  CommandService(
      OnwardConfig config,
      ProjectStores.Provider provider,
      ReconcileLoop loop,
      SkewCorrectedClock clock,
      @All List<CommandListener> listeners) {
    this.mode = config.mode();
    this.provider = provider;
    this.loop = loop;
    this.reconciler = loop.reconciler();
    this.executor = new CommandExecutor(provider, reconciler, loop.globalInterventions(), clock);
    this.publisher = new ImagePublisher(clock);
    this.clock = clock;
    this.listeners = new Listeners<>(listeners);
  }

  /**
   * Executes a command on a project. Throws {@link StoreException} if its cycle takes too long,
   * too.
   *
   * @param attribution who asks, when and why
   * @param expectedVersion the version of the project's interventions that the caller has seen: if
   *     another one is in force, the command is refused
   * @param dryRun whether only the preview is wanted
   * @return empty if there is no such project
   */
  public Optional<CommandResult> execute(
      ProjectId project,
      OperatorCommand command,
      Attribution attribution,
      Optional<Long> expectedVersion,
      boolean dryRun) {
    refuseIfObserving(dryRun);
    Optional<ProjectLane> lane = loop.lane(project);
    if (lane.isEmpty()) {
      return Optional.empty();
    }
    if (!dryRun && command instanceof OperatorCommand.Say(Intervention intervention)) {
      return aside(project, lane.get(), intervention, attribution, expectedVersion);
    }
    if (!isTaken(lane.get(), PATIENCE, project)) {
      throw busy(project);
    }
    Optional<CommandResult> result =
        inTurn(project, lane.get(), command, attribution, expectedVersion, dryRun);
    if (result.flatMap(CommandResult::outcome).isPresent()) {
      awaitWhatFollows(lane.get());
    }
    return result;
  }

  /**
   * Updates the interventions that are in force in every project, and has every project reconciled
   * next.
   *
   * @param expectedVersion as of {@link #execute}, of the global interventions
   */
  public CommandResult updateGlobalInterventions(
      Intervention intervention,
      Attribution attribution,
      Optional<Long> expectedVersion,
      boolean dryRun) {
    refuseIfObserving(dryRun);
    CommandResult result =
        executor.updateGlobalInterventions(intervention, attribution, expectedVersion, dryRun);
    if (result.outcome().isPresent()) {
      loop.reconcileAll();
    }
    if (!dryRun) {
      listeners.publish(listener -> listener.globalCommandEnded(intervention, attribution, result));
    }
    return result;
  }

  private Optional<CommandResult> inTurn(
      ProjectId project,
      ProjectLane lane,
      OperatorCommand command,
      Attribution attribution,
      Optional<Long> expectedVersion,
      boolean dryRun) {
    try {
      lane.begin();
      Optional<DesiredState> desired = loop.desired(project, lane);
      if (desired.isEmpty()) {
        return Optional.empty();
      }
      CommandResult result =
          executor.execute(
              desired.get(), lane.memory(), command, attribution, expectedVersion, dryRun);
      if (result.outcome().isPresent()) {
        lane.ask(cycle -> {});
      }
      publish(desired.get(), command, attribution, result);
      return Optional.of(result);
    } finally {
      lane.giveBack();
    }
  }

  /** The cycle under way may know nothing of the intervention, so another follows at once. */
  private Optional<CommandResult> aside(
      ProjectId project,
      ProjectLane lane,
      Intervention intervention,
      Attribution attribution,
      Optional<Long> expectedVersion) {
    Optional<DesiredState> desired = loop.desired(project, lane);
    if (desired.isEmpty()) {
      return Optional.empty();
    }
    Optional<ObservedState> lastSeen =
        lane.sightAtRest()
            .filter(sight -> sight.desired().equals(desired.get()))
            .map(ProjectLane.Sight::observed);
    CommandResult result =
        executor.updateInterventions(
            desired.get(),
            lane.memory(),
            intervention,
            attribution,
            expectedVersion,
            lastSeen,
            false);
    publish(desired.get(), new OperatorCommand.Say(intervention), attribution, result);
    if (result.outcome().isPresent()) {
      lane.ask(cycle -> {});
      awaitWhatFollows(lane);
    }
    return Optional.of(result);
  }

  private void publish(
      DesiredState desired,
      OperatorCommand command,
      Attribution attribution,
      CommandResult result) {
    listeners.publish(listener -> listener.commandEnded(desired, command, attribution, result));
  }

  /**
   * Publishes images. It needs nobody's turn: builds publish at any time, too.
   *
   * @param attribution who publishes, when and why
   * @param dryRun whether only to find out what it would change
   * @return empty if there is no such project
   */
  public Optional<PublicationResult> publish(
      ProjectId project, Publication publication, Attribution attribution, boolean dryRun) {
    refuseIfObserving(dryRun);
    Optional<ProjectLane> lane = loop.lane(project);
    Optional<DesiredState> desired = lane.flatMap(it -> loop.desired(project, it));
    if (lane.isEmpty() || desired.isEmpty()) {
      return Optional.empty();
    }
    if (dryRun) {
      return forecast(project, lane.get(), publication)
          .or(() -> Optional.of(publish(desired.get(), publication, attribution, true)));
    }
    PublicationResult result = publish(desired.get(), publication, attribution, false);
    listeners.publish(
        listener -> listener.published(desired.get(), publication, attribution, result));
    if (result instanceof PublicationResult.Ended ended && ended.written().findAny().isPresent()) {
      lane.get().ask(cycle -> {});
      awaitWhatFollows(lane.get());
    }
    return Optional.of(result);
  }

  private PublicationResult publish(
      DesiredState desired, Publication publication, Attribution attribution, boolean dryRun) {
    return publisher.publish(desired, stores(desired), publication, attribution, dryRun);
  }

  /** Empty if what follows cannot be known: the project is busy, or cannot be observed. */
  private Optional<PublicationResult> forecast(
      ProjectId project, ProjectLane lane, Publication publication) {
    if (!isTaken(lane, PATIENCE_OF_A_FORECAST, project)) {
      return Optional.empty();
    }
    try {
      lane.begin();
      return loop.desired(project, lane).map(it -> forecast(it, lane, publication));
    } catch (StoreException e) {
      return Optional.empty();
    } finally {
      lane.giveBack();
    }
  }

  /** Costs what a steady cycle does: one listing and one query. */
  private PublicationResult forecast(
      DesiredState desired, ProjectLane lane, Publication publication) {
    ProjectStores stores = stores(desired);
    var inquiry = reconciler.inquiry(stores, lane.memory());
    return publisher.preview(
        desired,
        reconciler.observe(desired, stores, loop.globalInterventions()::current, lane.memory()),
        publication,
        (state, at) -> reconciler.planner().plan(desired, state, inquiry, at).plan());
  }

  /**
   * Reconciles a project at once or right after the cycle under way, whatever delay its failures
   * have earned, and waits for that as long as anybody would. Throws {@link StoreException} if a
   * preview waits too long for the cycle under way, too.
   *
   * @param attribution who wants it, when and why
   * @param dryRun whether only to find out what would be done
   * @return empty if there is no such project
   */
  public Optional<ReconcileResult> reconcile(
      ProjectId project, Attribution attribution, boolean dryRun) {
    refuseIfObserving(dryRun);
    Optional<ProjectLane> lane = loop.lane(project);
    Optional<DesiredState> desired = lane.flatMap(it -> loop.desired(project, it));
    if (lane.isEmpty() || desired.isEmpty()) {
      return Optional.empty();
    }
    if (dryRun) {
      if (!isTaken(lane.get(), PATIENCE, project)) {
        throw busy(project);
      }
      return preview(project, lane.get());
    }
    noteRequest(desired.get(), attribution);
    return cycle(lane.get());
  }

  private void noteRequest(DesiredState desired, Attribution attribution) {
    AuditWriter.note(
        stores(desired).audit(),
        AuditWriter.event(
            clock.instant(),
            "reconcile_asked",
            attribution.by(),
            desired.project().value(),
            Optional.empty(),
            Optional.empty(),
            attribution.reason()));
  }

  private Optional<ReconcileResult> preview(ProjectId project, ProjectLane lane) {
    try {
      lane.begin();
      return loop.desired(project, lane)
          .map(desired -> new ReconcileResult.Ended(reconciler.look(desired, lane.memory())));
    } finally {
      lane.giveBack();
    }
  }

  private static Optional<ReconcileResult> cycle(ProjectLane lane) {
    lane.memory().delays().clear();
    var ended = new CompletableFuture<Optional<CycleReport>>();
    lane.ask(ended::complete);
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

  private ProjectStores stores(DesiredState desired) {
    return provider.open(desired.project(), desired.role());
  }

  private void refuseIfObserving(boolean dryRun) {
    if (!dryRun && mode == OnwardConfig.Mode.OBSERVE) {
      throw new StoreException(
          Failure.stalled("Onward runs in observe mode: onward.mode is observe"));
    }
  }

  private static StoreException busy(ProjectId project) {
    return new StoreException(
        Failure.transientOne(
            "a cycle of %s has been in progress for more than %s s; retry later"
                .formatted(project, PATIENCE.toSeconds())));
  }

  /** Whoever looks next should see what came of it, but nobody waits for long. */
  private static void awaitWhatFollows(ProjectLane lane) {
    try {
      lane.awaitFree(PATIENCE_OF_AN_ANSWER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isTaken(ProjectLane lane, Duration patience, ProjectId project) {
    try {
      return lane.takeFor(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          Failure.transientOne("interrupted while waiting for a cycle of " + project), e);
    }
  }
}
