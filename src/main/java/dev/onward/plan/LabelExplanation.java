package dev.onward.plan;

import dev.onward.model.Label;
import dev.onward.model.release.Release;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is under a label and whether a release is cut from it.
 *
 * @param newest the end of the label's chain of releases
 * @param reasons sentences for people; several where several things are wrong at once
 * @param nextEvaluation when the state may change without anybody doing anything, where known
 */
public record LabelExplanation(
    Label label,
    State state,
    Optional<Release> newest,
    List<String> reasons,
    Optional<Instant> nextEvaluation) {
  private static final int NAMED = 3;

  public LabelExplanation {
    reasons = List.copyOf(reasons);
  }

  /**
   * When the label will have been still for long enough; empty unless that is what it waits for.
   */
  public Optional<Instant> settlesAt() {
    return state == State.SETTLING ? nextEvaluation : Optional.empty();
  }

  /** The reasons in one sentence: of many, how many there are and the first few. */
  public String summary() {
    int more = reasons.size() - NAMED;
    return more > 0
        ? "%s parameters: %s; and %s more"
            .formatted(reasons.size(), String.join("; ", reasons.subList(0, NAMED)), more)
        : String.join("; ", reasons);
  }

  /** Where a label stands. */
  public enum State {
    /** The newest release has exactly these images. */
    RELEASED,
    /** A new release is being cut. */
    CUTTING,
    /** A new release would be cut, had not an operator stopped everything. */
    STOPPED,
    /** Images changed a moment ago: waiting until they are still. */
    SETTLING,
    /** Services are missing: waiting until they appear, or until it is sure that they are gone. */
    WAITING,
    /** No parameters at all. */
    EMPTY,
    /** Something there is no image: nothing is cut until a person mends it. */
    REFUSED
  }
}
