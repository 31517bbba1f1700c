package dev.onward.reconcile;

import dev.onward.plan.Action;
import dev.onward.plan.ObservedState;
import java.util.Optional;

/**
 * The words that operators say while a plan is carried out, which can take minutes: what automation
 * decided without them is left to the next cycle. Deployments need not be compared with what is
 * said of their project here, for their write is conditional on that.
 */
final class WordsSince implements Objections {
  private final ObservedState planned;
  private final Everywhere everywhere;
  private final ReleaseStore releases;

  /**
   * @param planned the state that the plan was made of
   */
  WordsSince(ObservedState planned, Everywhere everywhere, ReleaseStore releases) {
    this.planned = planned;
    this.everywhere = everywhere;
    this.releases = releases;
  }

  @Override
  public Optional<String> to(Action action) {
    return switch (action) {
      case Action.CutRelease _ -> aboutEverything();
      case Action.RecordDeployment deployment ->
          deployment.source().flatMap(automatic -> aboutEverything());
      case Action.ConvergeParameters converge ->
          converge.repair() ? aboutEverything().or(this::aboutTheProject) : Optional.empty();
      // To record what is there, or to finish what was decided, is no new decision.
      case Action.InitialiseEnvironment _, Action.AdoptDeployment _ -> Optional.empty();
    };
  }

  private Optional<String> aboutEverything() {
    return everywhere.current().version() == planned.everywhere().version()
        ? Optional.empty()
        : Optional.of("an operator said something about everything meanwhile");
  }

  /** Parameters are put under no condition, so a repair asks first; repairs are rare. */
  private Optional<String> aboutTheProject() {
    return releases.state().interventions().version() == planned.interventions().version()
        ? Optional.empty()
        : Optional.of("an operator said something about the project meanwhile");
  }
}
