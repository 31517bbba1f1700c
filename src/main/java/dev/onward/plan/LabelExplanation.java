package dev.onward.plan;

import dev.onward.model.Label;
import dev.onward.model.release.Release;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of a label and whether a release is cut from it.
 *
 * @param newest the end of the label's chain of releases
 * @param reasons sentences for people; several if several problems exist at once
 * @param nextEvaluation when the state may change without an operator's action, where known
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

  /** When the quiet period ends; empty unless the label is settling. */
  public Optional<Instant> settlesAt() {
    return state == State.SETTLING ? nextEvaluation : Optional.empty();
  }

  /** The reasons in one sentence: if there are many, their number and the first few. */
  public String summary() {
    int more = reasons.size() - NAMED;
    return more > 0
        ? "%s parameters: %s; and %s more"
            .formatted(reasons.size(), String.join("; ", reasons.subList(0, NAMED)), more)
        : String.join("; ", reasons);
  }

  /** The state of a label. */
  public enum State {
    /** The newest release has exactly these images. */
    RELEASED,
    /** A new release is being cut. */
    CUTTING,
    /** A new release would be cut, but an operator has stopped automation. */
    STOPPED,
    /** Images changed recently: waiting for the quiet period. */
    SETTLING,
    /** Services are missing: waiting until they appear, or until their removal is confirmed. */
    WAITING,
    /** No parameters at all. */
    EMPTY,
    /** A value is not an image: nothing is cut until it is corrected. */
    REFUSED
  }
}
