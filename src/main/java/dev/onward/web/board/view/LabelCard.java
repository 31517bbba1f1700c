package dev.onward.web.board.view;

import dev.onward.plan.LabelExplanation;
import dev.onward.plan.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A watched label and whether a release comes of it.
 *
 * @param all every reason, where the sentence has no room for them
 */
record LabelCard(
    String id,
    Attention tone,
    String state,
    String why,
    List<String> all,
    Optional<RelativeTime> nextEvaluation) {
  static LabelCard of(LabelExplanation it, Instant now) {
    return new LabelCard(
        it.label().value(),
        tone(it),
        Words.of(it.state()),
        it.summary(),
        it.summary().equals(String.join("; ", it.reasons())) ? List.of() : it.reasons(),
        RelativeTime.of(it.nextEvaluation(), now));
  }

  static Attention tone(LabelExplanation it) {
    return switch (it.state()) {
      case RELEASED -> Attention.CALM;
      case CUTTING -> Attention.MOVING;
      case SETTLING, WAITING -> Attention.WAITING;
      case STOPPED -> Attention.STOPPED;
      case REFUSED -> Attention.BROKEN;
      case EMPTY -> Attention.NONE;
    };
  }
}
