package dev.onward.command;

import dev.onward.plan.command.CommandDecision;
import dev.onward.store.WriteOutcome;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

/** Decides a command again when another write came first, as long as it still means the same. */
final class ConflictRetry {
  private static final int ATTEMPTS = 3;

  private ConflictRetry() {}

  /**
   * @param <S> what a decision depends on
   * @param read reads that
   * @param attempt decides by it, and writes what was decided
   * @param isStillMeant whether what was decided by one reading is meant by a later one as well
   */
  static <S> CommandResult run(
      Supplier<S> read,
      Function<S, CommandResult> attempt,
      BiPredicate<CommandDecision, S> isStillMeant) {
    CommandResult result = attempt.apply(read.get());
    for (int i = 1;
        i < ATTEMPTS && result.outcome().orElse(null) instanceof WriteOutcome.Conflict;
        i++) {
      S seen = read.get();
      if (!isStillMeant.test(result.grant(), seen)) {
        return result;
      }
      result = attempt.apply(seen);
    }
    return result;
  }
}
