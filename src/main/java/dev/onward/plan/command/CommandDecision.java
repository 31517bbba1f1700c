package dev.onward.plan.command;

import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.Release;
import dev.onward.plan.Action;
import dev.onward.plan.EnvironmentExplanation.Drifted;
import dev.onward.plan.RepairRequest;
import dev.onward.policy.Verdict;
import java.util.List;
import java.util.Optional;

/** The decision on an {@link OperatorCommand}: a conditional write, or the reason for none. */
public sealed interface CommandDecision {
  /** Sets or removes an intervention. */
  record Say(InterventionUpdate update) implements CommandDecision {}

  /** An intervention, by what it would change. */
  static CommandDecision of(
      Intervention intervention,
      Attribution attribution,
      InterventionState from,
      InterventionState.Change change) {
    return switch (change) {
      case InterventionState.Change.Made(InterventionState to) ->
          new Say(new InterventionUpdate(intervention, attribution, from, to));
      case InterventionState.Change.Refused(String reason) -> Refused.contradicting(reason);
    };
  }

  /**
   * Records a deployment.
   *
   * @param overridden the gates that would have held it
   * @param rollBack why this release was chosen, if the command did not name it
   */
  record Deploy(
      Action.RecordDeployment action, List<Verdict> overridden, Optional<RollbackChoice> rollBack)
      implements CommandDecision {
    public Deploy {
      overridden = List.copyOf(overridden);
    }
  }

  /**
   * Repairs an environment.
   *
   * @param written the parameters that would be written
   * @param overridden the gates that would have held it
   */
  record Repair(RepairRequest request, List<Drifted> written, List<Verdict> overridden)
      implements CommandDecision {
    public Repair {
      written = List.copyOf(written);
      overridden = List.copyOf(overridden);
    }
  }

  /** Cuts a release from a label. */
  record Cut(Action.CutRelease action) implements CommandDecision {}

  /** Adds a release. */
  record Add(Release release) implements CommandDecision {}

  /**
   * Rejects the command.
   *
   * @param heldBy the gates that hold it, if an override would let it pass
   */
  record Refused(Kind kind, String reason, List<Verdict> heldBy) implements CommandDecision {
    public Refused {
      heldBy = List.copyOf(heldBy);
    }

    static Refused unknown(String reason) {
      return new Refused(Kind.UNKNOWN, reason, List.of());
    }

    public static Refused contradicting(String reason) {
      return new Refused(Kind.CONTRADICTING, reason, List.of());
    }

    static Refused held(String reason, List<Verdict> heldBy) {
      return new Refused(Kind.HELD, reason, heldBy);
    }
  }

  /** Why a command is rejected. */
  enum Kind {
    /** It names something that does not exist. */
    UNKNOWN,
    /** It conflicts with the current state. */
    CONTRADICTING,
    /** Gates hold it; an override would let it pass. */
    HELD
  }
}
