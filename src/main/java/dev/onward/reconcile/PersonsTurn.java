package dev.onward.reconcile;

import dev.onward.model.Intervention;
import dev.onward.model.ProjectId;
import dev.onward.plan.DesiredState;
import dev.onward.plan.Wish;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What people ask for, between a project's cycles: they wait for the one under way to end. An
 * operator's word does not wait long, for it may be there to end just what the cycle is doing. Its
 * write is conditional and needs nobody's turn; only what would follow from it cannot be told then.
 */
final class PersonsTurn {
  /** How long a person waits for the cycle under way. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** How long the preview of a publication waits to be able to say what follows. */
  private static final Duration PATIENCE_OF_A_FORECAST = Duration.ofSeconds(2);

  private static final Duration PATIENCE_OF_A_WORD = Duration.ofMillis(500);

  /** How long an answer waits for the cycle that follows the act. */
  private static final Duration PATIENCE_OF_AN_ANSWER = Duration.ofSeconds(1);

  private final Reconciler reconciler;
  private final Supplier<Map<ProjectId, DesiredState>> projects;
  private final Map<ProjectId, ProjectSlot> slots;
  private final Listeners listeners;
  private final Cycles cycles;

  /**
   * @param projects of the manifests as they are at the moment of asking
   */
  PersonsTurn(
      Reconciler reconciler,
      Supplier<Map<ProjectId, DesiredState>> projects,
      Map<ProjectId, ProjectSlot> slots,
      Listeners listeners,
      Cycles cycles) {
    this.reconciler = reconciler;
    this.projects = projects;
    this.slots = slots;
    this.listeners = listeners;
    this.cycles = cycles;
  }

  /** Begins cycles. */
  interface Cycles {
    /**
     * With a slot that was taken for it.
     *
     * @param afterwards is given what came of it; empty if none came about
     */
    void begin(ProjectId project, ProjectSlot slot, Consumer<Optional<CycleReport>> afterwards);
  }

  /** As {@link ReconcileLoop#wish}. */
  Optional<WishReport> wish(ProjectId project, Wish wish, Intervention said, boolean dryRun) {
    Optional<ProjectSlot> slot = slot(project);
    if (slot.isEmpty()) {
      return Optional.empty();
    }
    boolean word = !dryRun && isWord(wish);
    if (isTaken(slot.get(), word ? PATIENCE_OF_A_WORD : PATIENCE, project)) {
      try {
        Optional<WishReport> report = inTurn(project, slot.get(), wish, said, dryRun);
        if (report.flatMap(WishReport::outcome).isPresent()) {
          awaitWhatFollows(slot.get());
        }
        return report;
      } catch (StoreException e) {
        if (!word) {
          throw e;
        }
      }
    }
    // A word is heard even while the project is busy or Parameter Store is out of reach.
    if (word) {
      return aside(project, slot.get(), wish, said);
    }
    throw busy(project);
  }

  /** Whoever looks next should see what came of it, but nobody waits for long. */
  private static void awaitWhatFollows(ProjectSlot slot) {
    try {
      slot.awaitFree(PATIENCE_OF_AN_ANSWER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<WishReport> inTurn(
      ProjectId project, ProjectSlot slot, Wish wish, Intervention said, boolean dryRun) {
    boolean written = false;
    try {
      slot.begin();
      Optional<DesiredState> desired = desired(project, slot);
      if (desired.isEmpty()) {
        return Optional.empty();
      }
      WishReport report = reconciler.wish(desired.get(), slot.memory(), wish, said, dryRun);
      written = report.outcome().isPresent();
      listeners.tell(listener -> listener.wishEnded(desired.get(), wish, said, report));
      return Optional.of(report);
    } finally {
      if (written) {
        slot.renew();
      }
      slot.giveBack();
      if (written && slot.take()) {
        cycles.begin(project, slot, report -> {});
      }
    }
  }

  /** As {@link ReconcileLoop#publish}. It needs nobody's turn: builds publish at any time, too. */
  Optional<PublicationReport> publish(
      ProjectId project, Publication publication, Intervention said, boolean dryRun) {
    Optional<ProjectSlot> slot = slot(project);
    Optional<DesiredState> desired = slot.flatMap(it -> desired(project, it));
    if (slot.isEmpty() || desired.isEmpty()) {
      return Optional.empty();
    }
    if (dryRun) {
      return forecast(project, slot.get(), publication)
          .or(() -> Optional.of(reconciler.publish(desired.get(), publication, said, true)));
    }
    PublicationReport report = reconciler.publish(desired.get(), publication, said, false);
    listeners.tell(listener -> listener.published(desired.get(), publication, said, report));
    if (report instanceof PublicationReport.Ended ended && ended.written().findAny().isPresent()) {
      lookNext(project, slot.get());
      awaitWhatFollows(slot.get());
    }
    return Optional.of(report);
  }

  /** Empty if what follows cannot be known: the project is busy, or cannot be observed. */
  private Optional<PublicationReport> forecast(
      ProjectId project, ProjectSlot slot, Publication publication) {
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

  /** At once, or right after the cycle under way, which may have looked before. */
  private void lookNext(ProjectId project, ProjectSlot slot) {
    slot.renew();
    if (slot.take()) {
      cycles.begin(project, slot, report -> {});
    }
  }

  /** As {@link ReconcileLoop#look}. */
  Optional<Glance> look(ProjectId project, Intervention said, boolean dryRun) {
    Optional<ProjectSlot> slot = slot(project);
    Optional<DesiredState> desired = slot.flatMap(it -> desired(project, it));
    if (slot.isEmpty() || desired.isEmpty()) {
      return Optional.empty();
    }
    if (!dryRun) {
      slot.get().renew();
      reconciler.noteLook(desired.get(), said);
    }
    if (!isTaken(slot.get(), PATIENCE, project)) {
      throw busy(project);
    }
    return dryRun ? preview(project, slot.get()) : cycle(project, slot.get());
  }

  private Optional<Glance> preview(ProjectId project, ProjectSlot slot) {
    try {
      slot.begin();
      return desired(project, slot)
          .map(desired -> new Glance.Ended(reconciler.look(desired, slot.memory())));
    } finally {
      slot.giveBack();
    }
  }

  private Optional<Glance> cycle(ProjectId project, ProjectSlot slot) {
    slot.memory().delays().clear();
    var ended = new CompletableFuture<Optional<CycleReport>>();
    cycles.begin(project, slot, ended::complete);
    try {
      return ended.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).map(Glance.Ended::new);
    } catch (TimeoutException e) {
      return Optional.of(new Glance.UnderWay());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new Glance.UnderWay());
    }
  }

  private static StoreException busy(ProjectId project) {
    return new StoreException(
        Failure.transientOne(
            "a cycle of %s has been under way for more than %s s; try again"
                .formatted(project, PATIENCE.toSeconds())));
  }

  /** The cycle under way may know nothing of the word, so the next one is due at once. */
  private Optional<WishReport> aside(
      ProjectId project, ProjectSlot slot, Wish word, Intervention said) {
    Optional<DesiredState> desired = desired(project, slot);
    if (desired.isEmpty()) {
      return Optional.empty();
    }
    WishReport report = reconciler.say(desired.get(), word, said);
    if (report.outcome().isPresent()) {
      slot.renew();
    }
    listeners.tell(listener -> listener.wishEnded(desired.get(), word, said, report));
    return Optional.of(report);
  }

  private Optional<ProjectSlot> slot(ProjectId project) {
    return projects.get().containsKey(project)
        ? Optional.ofNullable(slots.get(project))
        : Optional.empty();
  }

  /** The manifest may have changed, or the project have gone or come anew, during the wait. */
  private Optional<DesiredState> desired(ProjectId project, ProjectSlot slot) {
    return slots.get(project) == slot
        ? Optional.ofNullable(projects.get().get(project))
        : Optional.empty();
  }

  private static boolean isWord(Wish wish) {
    return switch (wish) {
      case Wish.Say _ -> true;
      case Wish.Expecting(long _, Wish expecting) -> isWord(expecting);
      case Wish.Deploy _, Wish.RollBack _, Wish.Repair _, Wish.Cut _, Wish.Compose _ -> false;
    };
  }

  private static boolean isTaken(ProjectSlot slot, Duration patience, ProjectId project) {
    try {
      return slot.takeFor(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          Failure.transientOne("interrupted while waiting for a cycle of " + project), e);
    }
  }
}
