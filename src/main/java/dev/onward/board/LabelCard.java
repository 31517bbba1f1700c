package dev.onward.board;

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
    String id, Tone tone, String state, String why, List<String> all, Optional<Moment> lookAgain) {
  static LabelCard of(LabelExplanation it, Instant now) {
    return new LabelCard(
        it.label().value(),
        tone(it),
        Words.of(it.state()),
        it.summary(),
        it.summary().equals(String.join("; ", it.reasons())) ? List.of() : it.reasons(),
        Moment.of(it.lookAgain(), now));
  }

  static Tone tone(LabelExplanation it) {
    return switch (it.state()) {
      case RELEASED -> Tone.CALM;
      case CUTTING -> Tone.MOVING;
      case SETTLING, WAITING -> Tone.WAITING;
      case STOPPED -> Tone.STOPPED;
      case REFUSED -> Tone.BROKEN;
      case EMPTY -> Tone.NONE;
    };
  }
}
