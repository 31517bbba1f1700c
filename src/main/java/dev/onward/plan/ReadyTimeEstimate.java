package dev.onward.plan;

import dev.onward.policy.Candidate;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.PromotionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a held candidate will go if nobody does anything: a soak that ends in the night waits for
 * the window in the morning, so the gates are judged again at the moment that they name.
 */
final class ReadyTimeEstimate {
  /** Gates that take turns for longer than this cannot be foreseen. */
  private static final int TURNS = 10;

  private ReadyTimeEstimate() {}

  static Optional<Instant> readyAt(
      PromotionPolicy policy, Candidate candidate, List<Verdict> verdicts) {
    List<Verdict.Held> holding = holding(verdicts);
    Instant at = candidate.now();
    for (int i = 0; i < TURNS && !holding.isEmpty(); i++) {
      Optional<Instant> next = letGo(holding);
      if (next.isEmpty() || !next.get().isAfter(at)) {
        return Optional.empty();
      }
      at = next.get();
      // An answer from the world outside is true of now; what it held, it named a time for.
      holding = holding(policy.judgeByTime(candidate.at(at)));
    }
    return holding.isEmpty() && at.isAfter(candidate.now()) ? Optional.of(at) : Optional.empty();
  }

  /** When the last of these lets go by itself; absent if one waits for people. */
  static Optional<Instant> end(List<Verdict> held) {
    return letGo(holding(held));
  }

  /** When all of them let go; absent if one waits for people, or nobody knows for what. */
  private static Optional<Instant> letGo(List<Verdict.Held> holding) {
    return holding.stream().allMatch(held -> held.nextEvaluation().isPresent())
        ? holding.stream().flatMap(held -> held.nextEvaluation().stream()).max(Instant::compareTo)
        : Optional.empty();
  }

  private static List<Verdict.Held> holding(List<Verdict> verdicts) {
    return verdicts.stream()
        .filter(Verdict.Held.class::isInstance)
        .map(Verdict.Held.class::cast)
        .toList();
  }
}
