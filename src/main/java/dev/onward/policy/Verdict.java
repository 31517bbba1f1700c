package dev.onward.policy;

import java.time.Instant;
import java.util.Optional;

/** What a gate says of a candidate, in a sentence for people. */
public sealed interface Verdict {
  /** The gate's name, as manifests, metrics and the API spell it. */
  String gate();

  String reason();

  record Passed(String gate, String reason) implements Verdict {}

  /**
   * The gate does not let the candidate go yet.
   *
   * @param nextEvaluation when the verdict may change without anybody doing anything, where known
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
