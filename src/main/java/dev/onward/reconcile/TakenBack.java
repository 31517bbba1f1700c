package dev.onward.reconcile;

import dev.onward.model.Approval;
import dev.onward.model.Freeze;
import dev.onward.model.Intervention;
import dev.onward.model.Interventions;
import dev.onward.model.OperatorWord;
import dev.onward.plan.Saying;
import java.util.Optional;

/**
 * What a word takes back. Whoever takes something back means what stood when they asked: where
 * somebody else has taken that back and said it anew, the new one stays.
 */
final class TakenBack {
  private TakenBack() {}

  /**
   * Whether the word takes back the same from what stands later as from what it was decided by, or
   * takes back nothing at all.
   */
  static boolean isSame(Saying saying, Interventions later) {
    return by(saying, saying.from()).equals(by(saying, later));
  }

  private static Optional<Intervention> by(Saying saying, Interventions standing) {
    return switch (saying.word()) {
      case OperatorWord.Resume resume ->
          Optional.ofNullable(standing.holds().get(resume.environment()));
      case OperatorWord.Unreject unreject ->
          Optional.ofNullable(standing.rejections().get(unreject.release()));
      case OperatorWord.LiftFreeze lift ->
          standing.freezes().stream()
              .filter(freeze -> freeze.id().equals(lift.id()))
              .map(Freeze::set)
              .findFirst();
      case OperatorWord.Withdraw withdraw ->
          standing
              .approval(withdraw.release(), withdraw.environment(), saying.said().by())
              .map(Approval::given);
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
