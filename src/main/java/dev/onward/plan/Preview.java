package dev.onward.plan;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ImageSet;
import dev.onward.model.Release;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What would happen if a wish came true: its own effect, and what automation would do next because
 * of it, computed by the planner that would do it. Nothing is written.
 *
 * @param deployments in the order in which they would be recorded; without those that automation
 *     would make anyway
 * @param after what would be where then, and why nothing more
 */
public record Preview(List<Step> deployments, Plan after) {
  public Preview {
    deployments = List.copyOf(deployments);
  }

  /**
   * One deployment that would be made.
   *
   * @param byPerson whether it is the wish itself, rather than what automation makes of it
   * @param from what is there now
   */
  public record Step(
      EnvironmentId environment, boolean byPerson, Optional<Release> from, Release to) {
    /** What the environment's parameters would change from and to. */
    public ImageSet before() {
      return from.map(Release::images).orElse(ImageSet.EMPTY);
    }
  }

  /** Plans as the daemon would, with whatever is asked of the world outside answered. */
  public interface Forecast {
    Plan plan(ObservedState observed);
  }

  public static Preview of(Forecast forecast, ObservedState observed, Grant grant, Instant now) {
    var steps = new ArrayList<Step>();
    ObservedState then =
        switch (grant) {
          case Grant.Say(Saying saying) -> observed.withInterventions(saying.to());
          case Grant.Cut(Action.CutRelease action) -> observed.after(action, now);
          case Grant.Add(Release release) -> observed.withRelease(release);
          case Grant.Deploy deploy -> {
            steps.add(step(deploy.action(), observed, true));
            yield observed.withRelease(deploy.action().release()).after(deploy.action(), now);
          }
          case Grant.Refused _ -> observed;
        };
    return consequences(forecast, observed, then, steps);
  }

  /** What follows from a change of what operators have said about everything. */
  public static Preview ofEverywhere(
      Planner planner, DesiredState desired, ObservedState observed, Saying saying, Instant now) {
    return consequences(
        state -> planner.plan(desired, state, now),
        observed,
        observed.withEverywhere(saying.to()),
        new ArrayList<>());
  }

  private static Preview consequences(
      Forecast forecast, ObservedState before, ObservedState then, List<Step> steps) {
    var anyway = new HashSet<>(deployments(forecast.plan(before), before));
    Plan after = forecast.plan(then);
    deployments(after, then).stream().filter(step -> !anyway.contains(step)).forEach(steps::add);
    return new Preview(steps, after);
  }

  private static List<Step> deployments(Plan plan, ObservedState observed) {
    var steps = new ArrayList<Step>();
    for (Action action : plan.actions()) {
      if (action instanceof Action.RecordDeployment deployment) {
        steps.add(step(deployment, observed, false));
      }
    }
    return steps;
  }

  private static Step step(
      Action.RecordDeployment deployment, ObservedState observed, boolean byPerson) {
    return new Step(
        deployment.to().environment(),
        byPerson,
        deployment.from().current().flatMap(current -> observed.release(current.release())),
        deployment.release());
  }
}
