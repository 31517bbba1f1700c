package dev.onward.reconcile.execute;

import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.Action;
import dev.onward.plan.ObservedState;
import dev.onward.reconcile.observe.GlobalInterventions;
import dev.onward.reconcile.observe.InterventionLossDetector;
import dev.onward.store.ReleaseStore;
import java.util.List;
import java.util.Optional;

/**
 * Detects interventions set while a plan is executed, which can take minutes: decisions of
 * automation made without them are left to the next cycle. Deployments need no check against their
 * project's interventions here, since their write is conditional on those.
 */
public final class InterventionGuard implements Objections {
  private final ObservedState planned;
  private final GlobalInterventions globalInterventions;
  private final InterventionLossDetector projectInterventions;
  private final ReleaseStore releases;

  /**
   * @param planned the state that the plan was computed from
   */
  public InterventionGuard(
      ObservedState planned,
      GlobalInterventions globalInterventions,
      InterventionLossDetector projectInterventions,
      ReleaseStore releases) {
    this.planned = planned;
    this.globalInterventions = globalInterventions;
    this.projectInterventions = projectInterventions;
    this.releases = releases;
  }

  @Override
  public Optional<String> to(List<Action> actions) {
    return actions.stream().anyMatch(InterventionGuard::isDecision)
        ? aboutEverything().or(() -> isConditional(actions) ? Optional.empty() : aboutTheProject())
        : Optional.empty();
  }

  /** Recording what exists, or completing what was decided, is not a new decision. */
  private static boolean isDecision(Action action) {
    return switch (action) {
      case Action.CutRelease _ -> true;
      case Action.RecordDeployment deployment -> deployment.source().isPresent();
      case Action.ConvergeParameters converge -> converge.repair();
      case Action.InitialiseEnvironment _, Action.AdoptDeployment _ -> false;
    };
  }

  private static boolean isConditional(List<Action> actions) {
    return actions.stream().anyMatch(Action.RecordDeployment.class::isInstance);
  }

  private Optional<String> aboutEverything() {
    return globalInterventions.now().version() == planned.globalInterventions().version()
        ? Optional.empty()
        : Optional.of("a global intervention was set meanwhile");
  }

  /**
   * Parameter writes, and a cut without deployments, are not conditional on interventions. Both are
   * rare.
   */
  private Optional<String> aboutTheProject() {
    InterventionState known = projectInterventions.known();
    InterventionState now = projectInterventions.checked(known, releases.state().interventions());
    return now.version() == planned.interventions().version()
        ? Optional.empty()
        : Optional.of("an intervention on the project was set meanwhile");
  }
}
