package dev.onward.plan.command;

import dev.onward.model.intervention.Approval;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Freeze;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import java.util.Optional;

/**
 * What a word takes back. Whoever takes something back means what stood when they asked: where
 * somebody else has taken that back and said it anew, the new one stays.
 */
public final class TakenBack {
  private TakenBack() {}

  /**
   * Whether the word takes back the same from what stands later as from what it was decided by, or
   * takes back nothing at all.
   */
  public static boolean isSame(InterventionUpdate update, InterventionState later) {
    return by(update, update.from()).equals(by(update, later));
  }

  private static Optional<Attribution> by(InterventionUpdate update, InterventionState inForce) {
    return switch (update.intervention()) {
      case Intervention.Resume resume ->
          Optional.ofNullable(inForce.holds().get(resume.environment()));
      case Intervention.Unreject unreject ->
          Optional.ofNullable(inForce.rejections().get(unreject.release()));
      case Intervention.LiftFreeze lift ->
          inForce.freezes().stream()
              .filter(freeze -> freeze.id().equals(lift.id()))
              .map(Freeze::set)
              .findFirst();
      case Intervention.Withdraw withdraw ->
          inForce
              .approval(withdraw.release(), withdraw.environment(), update.attribution().by())
              .map(Approval::given);
      case Intervention.ResumeEverything _ -> inForce.stop();
      case Intervention.Hold _,
          Intervention.Reject _,
          Intervention.Approve _,
          Intervention.SetFreeze _,
          Intervention.StopEverything _ ->
          Optional.empty();
    };
  }
}
