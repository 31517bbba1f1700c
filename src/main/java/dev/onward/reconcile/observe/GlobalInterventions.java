package dev.onward.reconcile.observe;

import dev.onward.model.intervention.InterventionState;
import dev.onward.store.GlobalStore;
import dev.onward.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What operators have said about everything, read once for all projects of a round rather than once
 * for each. Without it there is no observation: a stop that cannot be read may have been said.
 */
public final class GlobalInterventions {
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
      Observation seen = observe();
      return new Reading.Known(words.checked(seen.known(), seen.inForce()), begun);
    } catch (StoreException e) {
      return new Reading.Failed(e, nanoTime.getAsLong());
    }
  }

  /**
   * The global interventions as they were read, beside what was known before.
   *
   * @param known newer if interventions have vanished
   * @param isLoss whether they have
   */
  public record Observation(InterventionState known, InterventionState inForce, boolean isLoss) {}

  /**
   * A process that has just begun and finds nothing said asks the audit trail, once, whether
   * anything ever was: it may have vanished while nobody looked. Throws {@link StoreException}.
   */
  public Observation observe() {
    InterventionState known = words.known();
    InterventionState inForce = store.interventions();
    if (inForce.version() == 0 && known.version() == 0 && !trailIsRead) {
      words.learn(RecordedInterventions.of(store.audit()));
      trailIsRead = true;
      if (words.known().version() > 0) {
        return observation(words.known(), store.interventions());
      }
    }
    return observation(known, inForce);
  }

  private Observation observation(InterventionState known, InterventionState inForce) {
    return new Observation(known, inForce, words.isLoss(known, inForce));
  }

  /** Takes note of what this process has written. */
  public void learn(InterventionState written) {
    words.learn(written);
  }

  /** What was known is known no more: {@link #current} reads again. */
  public synchronized void forget() {
    newest = Optional.empty();
  }
}
