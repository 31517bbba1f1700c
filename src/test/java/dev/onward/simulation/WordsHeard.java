package dev.onward.simulation;

import dev.onward.model.intervention.InterventionState;
import dev.onward.store.WriteOutcome;
import java.util.function.Supplier;

/** What one process has read of what operators have said of one owner. */
final class WordsHeard {
  private long newest;
  private long missing;
  private InterventionState last = InterventionState.NONE;

  /** Readings may overtake one another: less than was known when it began is a loss. */
  InterventionState hear(Supplier<InterventionState> reading) {
    long before = newest;
    InterventionState read = reading.get();
    last = read;
    if (read.version() < before) {
      missing = before;
    } else if (read.version() > missing) {
      missing = 0;
    }
    newest = Math.max(newest, read.version());
    return read;
  }

  /** It has said something itself. */
  void said(WriteOutcome outcome, InterventionState to) {
    if (outcome.applied()) {
      newest = Math.max(newest, to.version());
    }
  }

  /** What was read last. */
  InterventionState last() {
    return last;
  }

  /** Whether words were missing, and nothing newer than those was read since. */
  boolean areMissing() {
    return missing > 0;
  }
}
