package dev.onward.policy;

import java.time.Instant;
import java.util.Optional;

/** A gate's result for a candidate, with the reason in a sentence for people. */
public sealed interface Verdict {
  /** The gate's name in manifests, metrics and the API. */
  String gate();

  String reason();

  record Passed(String gate, String reason) implements Verdict {}

  /**
   * The candidate is held.
   *
   * @param nextEvaluation when the verdict can change without a person's action, where known
   */
  record Held(String gate, String reason, Optional<Instant> nextEvaluation) implements Verdict {}

  default boolean passed() {
    return this instanceof Passed;
  }

  static Verdict passed(String gate, String reason) {
    return new Passed(gate, reason);
  }

  static Verdict held(String gate, String reason) {
    return new Held(gate, reason, Optional.empty());
  }

  static Verdict heldUntil(String gate, String reason, Instant nextEvaluation) {
    return new Held(gate, reason, Optional.of(nextEvaluation));
  }
}
