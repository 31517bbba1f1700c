package dev.onward.reconcile;

import dev.onward.model.Intervention;
import dev.onward.model.Interventions;
import dev.onward.model.OperatorWord;
import dev.onward.plan.Grant;
import dev.onward.plan.Saying;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What operators have said about everything, read once for all projects of a round rather than once
 * for each. Without it there is no observation: a stop that cannot be read may have been said.
 */
final class Everywhere {
  /** Somebody else's word is no reason to refuse this one: look again and decide again. */
  private static final int ATTEMPTS = 3;

  private final DaemonStore store;
  private final Duration fresh;
  private final LongSupplier nanoTime;
  private Optional<Interventions> known = Optional.empty();
  private long readAt;

  /**
   * @param fresh for how long what was read is not read again
   */
  Everywhere(DaemonStore store, Duration fresh, LongSupplier nanoTime) {
    this.store = store;
    this.fresh = fresh;
    this.nanoTime = nanoTime;
  }

  /** Throws {@link StoreException}. */
  synchronized Interventions current() {
    long now = nanoTime.getAsLong();
    if (known.isEmpty() || now - readAt >= fresh.toNanos()) {
      known = Optional.of(store.interventions());
      readAt = now;
    }
    return known.get();
  }

  /**
   * Says something about everything. Throws {@link StoreException} if what stands cannot be read.
   *
   * @param dryRun whether only to find out what comes of it
   */
  WishReport say(OperatorWord word, Intervention said, boolean dryRun) {
    WishReport report = attempt(word, said, dryRun);
    for (int i = 1; i < ATTEMPTS && isOvertaken(report); i++) {
      report = attempt(word, said, dryRun);
    }
    return report;
  }

  private WishReport attempt(OperatorWord word, Intervention said, boolean dryRun) {
    Interventions from = store.interventions();
    return switch (from.after(word, said)) {
      case Interventions.Change.Refused(String reason) ->
          new WishReport(
              new Grant.Refused(Grant.Kind.CONTRADICTING, reason, List.of()),
              Optional.empty(),
              Optional.empty());
      case Interventions.Change.Made(Interventions to) -> {
        var saying = new Saying(word, said, from, to);
        yield new WishReport(
            new Grant.Say(saying),
            Optional.empty(),
            dryRun ? Optional.empty() : Optional.of(write(saying)));
      }
    };
  }

  private WriteOutcome write(Saying saying) {
    try {
      return store.say(saying);
    } finally {
      forget();
    }
  }

  /** What was known is known no more: the next look reads again. */
  private synchronized void forget() {
    known = Optional.empty();
  }

  private static boolean isOvertaken(WishReport report) {
    return report.outcome().orElse(null) instanceof WriteOutcome.Conflict;
  }
}
