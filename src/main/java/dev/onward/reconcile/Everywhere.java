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
  private final WordsWatch words = new WordsWatch("everything");
  private Optional<Reading> newest = Optional.empty();
  private volatile boolean trailIsRead;

  /**
   * @param fresh for how long what was read is not read again
   */
  Everywhere(DaemonStore store, Duration fresh, LongSupplier nanoTime) {
    this.store = store;
    this.fresh = fresh;
    this.nanoTime = nanoTime;
  }

  /** What came of reading what stands. */
  private sealed interface Reading {
    long at();

    record Known(Interventions said, long at) implements Reading {}

    record Failed(StoreException failure, long at) implements Reading {}
  }

  /**
   * Throws {@link StoreException}, for as long as what was read would have been good for: projects
   * that come one after another need not each wait for the same failure.
   */
  synchronized Interventions current() {
    Reading reading =
        newest
            .filter(known -> nanoTime.getAsLong() - known.at() < fresh.toNanos())
            .orElseGet(this::read);
    newest = Optional.of(reading);
    return switch (reading) {
      case Reading.Known known -> known.said();
      case Reading.Failed failed ->
          throw new StoreException(failed.failure().failure(), failed.failure());
    };
  }

  /**
   * Read again, for whoever is about to write a decision. Throws {@link StoreException}. It costs a
   * read unit, and decisions are rare beside rounds.
   */
  Interventions now() {
    Reading reading = read();
    keep(reading);
    return switch (reading) {
      case Reading.Known known -> known.said();
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
  private record Look(Interventions known, Interventions standing) {
    Interventions checkedBy(WordsWatch words) {
      return words.checked(known, standing);
    }

    boolean isLossTo(WordsWatch words) {
      return words.isLoss(known, standing);
    }
  }

  /**
   * A process that has just begun and finds nothing said asks the audit trail, once, whether
   * anything ever was: it may have vanished while nobody looked.
   */
  private Look look() {
    Interventions known = words.known();
    Interventions standing = store.interventions();
    if (standing.version() == 0 && known.version() == 0 && !trailIsRead) {
      words.learn(WordsOnRecord.of(store.audit()));
      trailIsRead = true;
      if (words.known().version() > 0) {
        return new Look(words.known(), store.interventions());
      }
    }
    return new Look(known, standing);
  }

  /** Says something about everything, whatever stands. */
  WishReport say(OperatorWord word, Intervention said, boolean dryRun) {
    return say(word, Optional.empty(), said, dryRun);
  }

  /**
   * Says something about everything. Throws {@link StoreException} if what stands cannot be read.
   *
   * @param expected the version at which what stands must be, if whoever asks has looked
   * @param dryRun whether only to find out what comes of it
   */
  WishReport say(OperatorWord word, Optional<Long> expected, Intervention said, boolean dryRun) {
    WishReport report = attempt(word, look(), expected, said, dryRun);
    for (int i = 1; i < ATTEMPTS && isOvertaken(report); i++) {
      Look now = look();
      if (report.grant() instanceof Grant.Say(var saying)
          && !TakenBack.isSame(saying, now.standing())) {
        return report;
      }
      report = attempt(word, now, expected, said, dryRun);
    }
    return report;
  }

  private WishReport attempt(
      OperatorWord word, Look look, Optional<Long> expected, Intervention said, boolean dryRun) {
    boolean isLoss = look.isLossTo(words);
    // Whoever looked has seen what was known.
    Optional<String> overtaken =
        expected.flatMap((isLoss ? look.known() : look.standing())::otherThan);
    if (overtaken.isPresent()) {
      return refused(overtaken.get(), dryRun);
    }
    Interventions from = look.standing();
    return switch (isLoss
        ? from.afterLoss(word, said, look.known().version())
        : from.after(word, said)) {
      case Interventions.Change.Refused(String reason) -> refused(reason, dryRun);
      case Interventions.Change.Made(Interventions to) -> {
        var saying = new Saying(word, said, from, to);
        yield new WishReport(
            new Grant.Say(saying),
            Optional.empty(),
            dryRun ? Optional.empty() : Optional.of(write(saying)),
            dryRun);
      }
    };
  }

  private static WishReport refused(String reason, boolean dryRun) {
    return new WishReport(
        new Grant.Refused(Grant.Kind.CONTRADICTING, reason, List.of()),
        Optional.empty(),
        Optional.empty(),
        dryRun);
  }

  private WriteOutcome write(Saying saying) {
    try {
      WriteOutcome outcome = store.say(saying);
      if (outcome.applied()) {
        words.learn(saying.to());
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

  private static boolean isOvertaken(WishReport report) {
    return report.outcome().orElse(null) instanceof WriteOutcome.Conflict;
  }
}
