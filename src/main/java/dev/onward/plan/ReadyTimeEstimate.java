package dev.onward.plan;

import dev.onward.policy.Candidate;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.PromotionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Estimates when a held candidate is promoted without an operator's action: a soak that ends at
 * night waits for the window in the morning, so the gates are evaluated again at the times they
 * name.
 */
final class ReadyTimeEstimate {
  /** Gates that alternate for more rounds than this cannot be predicted. */
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
      // An external result is valid now only; a gate it held has named a time.
      holding = holding(policy.judgeByTime(candidate.at(at)));
    }
    return holding.isEmpty() && at.isAfter(candidate.now()) ? Optional.of(at) : Optional.empty();
  }

  /** When the last of these gates passes on its own; absent if one waits for an operator. */
  static Optional<Instant> end(List<Verdict> held) {
    return letGo(holding(held));
  }

  /** When all of them pass; absent if one waits for an operator, or for something unknown. */
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
