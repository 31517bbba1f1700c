package dev.onward.reconcile.observe;

import dev.onward.command.CommandResult;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.InterventionUpdate;
import dev.onward.plan.command.TakenBack;
import dev.onward.store.GlobalStore;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What operators have said about everything, read once for all projects of a round rather than once
 * for each. Without it there is no observation: a stop that cannot be read may have been said.
 */
public final class GlobalInterventions {
  /** Somebody else's word is no reason to refuse this one: look again and decide again. */
  private static final int ATTEMPTS = 3;

  private final GlobalStore store;
  private final Duration fresh;
  private final LongSupplier nanoTime;
  private final InterventionLossDetector words = new InterventionLossDetector("everything");
  private Optional<Reading> newest = Optional.empty();
  private volatile boolean trailIsRead;

  /**
   * @param fresh for how long what was read is not read again
   */
  public GlobalInterventions(GlobalStore store, Duration fresh, LongSupplier nanoTime) {
    this.store = store;
    this.fresh = fresh;
    this.nanoTime = nanoTime;
  }

  /** What came of reading what stands. */
  private sealed interface Reading {
    long at();

    record Known(InterventionState interventions, long at) implements Reading {}

    record Failed(StoreException failure, long at) implements Reading {}
  }

  /**
   * Throws {@link StoreException}, for as long as what was read would have been good for: projects
   * that come one after another need not each wait for the same failure.
   */
  public synchronized InterventionState current() {
    Reading reading =
        newest
            .filter(known -> nanoTime.getAsLong() - known.at() < fresh.toNanos())
            .orElseGet(this::read);
    newest = Optional.of(reading);
    return switch (reading) {
      case Reading.Known known -> known.interventions();
      case Reading.Failed failed ->
          throw new StoreException(failed.failure().failure(), failed.failure());
    };
  }

  /**
   * Read again, for whoever is about to write a decision. Throws {@link StoreException}. It costs a
   * read unit, and decisions are rare beside rounds.
   */
  public InterventionState now() {
    Reading reading = read();
    keep(reading);
    return switch (reading) {
      case Reading.Known known -> known.interventions();
      case Reading.Failed failed -> throw failed.failure();
    };
  }

  /** Reads may overtake one another. */
  private synchronized void keep(Reading reading) {
    if (newest.filter(known -> known.at() - reading.at() > 0).isEmpty()) {
      newest = Optional.of(reading);
    }
  }

  /** As old as its beginning; a failure, which may take its time, as its end. */
  private Reading read() {
    long begun = nanoTime.getAsLong();
    try {
      return new Reading.Known(look().checkedBy(words), begun);
    } catch (StoreException e) {
      return new Reading.Failed(e, nanoTime.getAsLong());
    }
  }

  /**
   * What stands, and what was known before it was read.
   *
   * @param known newer if words have vanished
   */
  private record Look(InterventionState known, InterventionState inForce) {
    InterventionState checkedBy(InterventionLossDetector words) {
      return words.checked(known, inForce);
    }

    boolean isLossTo(InterventionLossDetector words) {
      return words.isLoss(known, inForce);
    }
  }

  /**
   * A process that has just begun and finds nothing said asks the audit trail, once, whether
   * anything ever was: it may have vanished while nobody looked.
   */
  private Look look() {
    InterventionState known = words.known();
    InterventionState inForce = store.interventions();
    if (inForce.version() == 0 && known.version() == 0 && !trailIsRead) {
      words.learn(RecordedInterventions.of(store.audit()));
      trailIsRead = true;
      if (words.known().version() > 0) {
        return new Look(words.known(), store.interventions());
      }
    }
    return new Look(known, inForce);
  }

  /** Says something about everything, whatever stands. */
  CommandResult updateInterventions(
      Intervention intervention, Attribution attribution, boolean dryRun) {
    return updateInterventions(intervention, Optional.empty(), attribution, dryRun);
  }

  /**
   * Says something about everything. Throws {@link StoreException} if what stands cannot be read.
   *
   * @param expected the version at which what stands must be, if whoever asks has looked
   * @param dryRun whether only to find out what comes of it
   */
  public CommandResult updateInterventions(
      Intervention intervention, Optional<Long> expected, Attribution attribution, boolean dryRun) {
    CommandResult report = attempt(intervention, look(), expected, attribution, dryRun);
    for (int i = 1; i < ATTEMPTS && isOvertaken(report); i++) {
      Look now = look();
      if (report.grant() instanceof CommandDecision.Say(var update)
          && !TakenBack.isSame(update, now.inForce())) {
        return report;
      }
      report = attempt(intervention, now, expected, attribution, dryRun);
    }
    return report;
  }

  private CommandResult attempt(
      Intervention intervention,
      Look look,
      Optional<Long> expected,
      Attribution attribution,
      boolean dryRun) {
    boolean isLoss = look.isLossTo(words);
    // Whoever looked has seen what was known.
    Optional<String> overtaken =
        expected.flatMap((isLoss ? look.known() : look.inForce())::otherThan);
    if (overtaken.isPresent()) {
      return refused(overtaken.get(), dryRun);
    }
    InterventionState from = look.inForce();
    return switch (isLoss
        ? from.afterLoss(intervention, attribution, look.known().version())
        : from.after(intervention, attribution)) {
      case InterventionState.Change.Refused(String reason) -> refused(reason, dryRun);
      case InterventionState.Change.Made(InterventionState to) -> {
        var update = new InterventionUpdate(intervention, attribution, from, to);
        yield new CommandResult(
            new CommandDecision.Say(update),
            Optional.empty(),
            dryRun ? Optional.empty() : Optional.of(write(update)),
            dryRun);
      }
    };
  }

  private static CommandResult refused(String reason, boolean dryRun) {
    return new CommandResult(
        new CommandDecision.Refused(CommandDecision.Kind.CONTRADICTING, reason, List.of()),
        Optional.empty(),
        Optional.empty(),
        dryRun);
  }

  private WriteOutcome write(InterventionUpdate update) {
    try {
      WriteOutcome outcome = store.updateInterventions(update);
      if (outcome.applied()) {
        words.learn(update.to());
      }
      return outcome;
    } finally {
      forget();
    }
  }

  /** What was known is known no more: the next look reads again. */
  private synchronized void forget() {
    newest = Optional.empty();
  }

  private static boolean isOvertaken(CommandResult report) {
    return report.outcome().orElse(null) instanceof WriteOutcome.Conflict;
  }
}
