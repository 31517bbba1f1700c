package dev.onward.reconcile;

import dev.onward.model.Freeze;
import dev.onward.model.Intervention;
import dev.onward.model.Interventions;
import dev.onward.model.OperatorWord;
import java.util.Optional;

/**
 * What a word takes back. Whoever takes something back means what stood when they asked: where
 * somebody else has taken that back and said it anew, the new one stays.
 */
final class TakenBack {
  private TakenBack() {}

  /** Whether the word takes back the same by both, or takes back nothing at all. */
  static boolean isSame(OperatorWord word, Interventions first, Interventions later) {
    return by(word, first).equals(by(word, later));
  }

  private static Optional<Intervention> by(OperatorWord word, Interventions standing) {
    return switch (word) {
      case OperatorWord.Resume resume ->
          Optional.ofNullable(standing.holds().get(resume.environment()));
      case OperatorWord.Unreject unreject ->
          Optional.ofNullable(standing.rejections().get(unreject.release()));
      case OperatorWord.LiftFreeze lift ->
          standing.freezes().stream()
              .filter(freeze -> freeze.id().equals(lift.id()))
              .map(Freeze::set)
              .findFirst();
      case OperatorWord.ResumeEverything _ -> standing.stop();
      case OperatorWord.Hold _,
          OperatorWord.Reject _,
          OperatorWord.Approve _,
          OperatorWord.SetFreeze _,
          OperatorWord.StopEverything _ ->
          Optional.empty();
    };
  }
}
