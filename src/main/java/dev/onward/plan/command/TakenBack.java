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
  public static boolean isSame(InterventionUpdate saying, InterventionState later) {
    return by(saying, saying.from()).equals(by(saying, later));
  }

  private static Optional<Attribution> by(InterventionUpdate saying, InterventionState standing) {
    return switch (saying.word()) {
      case Intervention.Resume resume ->
          Optional.ofNullable(standing.holds().get(resume.environment()));
      case Intervention.Unreject unreject ->
          Optional.ofNullable(standing.rejections().get(unreject.release()));
      case Intervention.LiftFreeze lift ->
          standing.freezes().stream()
              .filter(freeze -> freeze.id().equals(lift.id()))
              .map(Freeze::set)
              .findFirst();
      case Intervention.Withdraw withdraw ->
          standing
              .approval(withdraw.release(), withdraw.environment(), saying.said().by())
              .map(Approval::given);
      case Intervention.ResumeEverything _ -> standing.stop();
      case Intervention.Hold _,
          Intervention.Reject _,
          Intervention.Approve _,
          Intervention.SetFreeze _,
          Intervention.StopEverything _ ->
          Optional.empty();
    };
  }
}
