package dev.onward.plan.command;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.plan.Action;
import dev.onward.plan.DesiredState;
import dev.onward.plan.EnvironmentExplanation.Drifted;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.ObservedState;
import dev.onward.plan.ParameterDiff;
import dev.onward.plan.Plan;
import dev.onward.plan.Planner;
import dev.onward.plan.RepairRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The effect of a command: its own changes and what automation would do next because of them,
 * computed by the planner that would do it. Nothing is written.
 *
 * @param deployments in the order in which they would be recorded, without those that automation
 *     would make anyway
 * @param repairs the environments whose drift would be repaired, without those that automation
 *     would repair anyway
 * @param after the resulting state, and why nothing more happens
 */
public record Preview(List<Step> deployments, List<Repair> repairs, Plan after) {
  public Preview {
    deployments = List.copyOf(deployments);
    repairs = List.copyOf(repairs);
  }

  /**
   * One deployment that would be made.
   *
   * @param byPerson whether it is the command itself rather than a consequence
   * @param from the current release
   * @param before the current images of the services that either release names, read from the
   *     parameters, which may have drifted. A value that is not an image counts as not drifted
   */
  public record Step(
      EnvironmentId environment,
      boolean byPerson,
      Optional<Release> from,
      Release to,
      ImageSet before) {}

  /**
   * One environment whose drift would be repaired.
   *
   * @param byPerson as for {@link Step}
   * @param written the parameters that would be written
   */
  public record Repair(
      EnvironmentId environment, boolean byPerson, Release release, List<Drifted> written) {
    public Repair {
      written = List.copyOf(written);
    }
  }

  /** Plans as the daemon would, with external queries answered. */
  public interface Forecast {
    Plan plan(ObservedState observed);
  }

  public static Preview of(
      Forecast forecast, ObservedState observed, CommandDecision grant, Instant now) {
    var steps = new ArrayList<Step>();
    var repairs = new ArrayList<Repair>();
    ObservedState then =
        switch (grant) {
          case CommandDecision.Say(InterventionUpdate update) ->
              observed.withInterventions(update.to());
          case CommandDecision.Cut(Action.CutRelease action) -> observed.after(action, now);
          case CommandDecision.Add(Release release) -> observed.withRelease(release);
          case CommandDecision.Deploy deploy -> {
            steps.add(step(deploy.action(), observed, true));
            yield observed.withRelease(deploy.action().release()).after(deploy.action(), now);
          }
          case CommandDecision.Repair(RepairRequest request, List<Drifted> written, var _) -> {
            repairs.add(new Repair(request.to().environment(), true, request.release(), written));
            yield observed.after(request);
          }
          case CommandDecision.Refused _ -> observed;
        };
    return consequences(forecast, observed, then, steps, repairs);
  }

  /** The consequences of a change of the global interventions. */
  public static Preview global(
      Planner planner,
      DesiredState desired,
      ObservedState observed,
      InterventionUpdate update,
      Instant now) {
    return consequences(
        state -> planner.plan(desired, state, now),
        observed,
        observed.withGlobalInterventions(update.to()),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /** What automation would do from one state but not from the other. */
  static Preview of(Forecast forecast, ObservedState before, ObservedState then) {
    return consequences(forecast, before, then, new ArrayList<>(), new ArrayList<>());
  }

  private static Preview consequences(
      Forecast forecast,
      ObservedState before,
      ObservedState then,
      List<Step> steps,
      List<Repair> repairs) {
    Plan without = forecast.plan(before);
    Plan after = forecast.plan(then);
    var deployedAnyway = new HashSet<>(deployments(without, before));
    deployments(after, then).stream()
        .filter(step -> !deployedAnyway.contains(step))
        .forEach(steps::add);
    var repairedAnyway = new HashSet<>(repairs(without, before));
    repairs(after, then).stream()
        .filter(repair -> !repairedAnyway.contains(repair))
        .forEach(repairs::add);
    return new Preview(steps, repairs, after);
  }

  /** Automatic repairs only, without requested ones. */
  private static List<Repair> repairs(Plan plan, ObservedState observed) {
    var repairs = new ArrayList<Repair>();
    for (Action action : plan.actions()) {
      if (action instanceof Action.ConvergeParameters converge && converge.repair()) {
        EnvironmentId id = converge.head().environment();
        List<Drifted> written =
            ParameterDiff.differing(converge.release(), observed.environment(id)).stream()
                .filter(drifted -> converge.writes().containsKey(drifted.service()))
                .toList();
        if (!written.isEmpty()) {
          repairs.add(new Repair(id, false, converge.release(), written));
        }
      }
    }
    return repairs;
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
    EnvironmentId environment = deployment.to().environment();
    Optional<Release> from =
        deployment.from().current().flatMap(current -> observed.release(current.release()));
    return new Step(
        environment,
        byPerson,
        from,
        deployment.release(),
        there(from, deployment.release(), observed.parameters(environment)));
  }

  private static ImageSet there(
      Optional<Release> from, Release to, SortedMap<ServiceId, ObservedParameter> parameters) {
    var there = new TreeMap<>(from.map(Release::images).orElse(ImageSet.EMPTY).images());
    var services = new TreeSet<>(there.keySet());
    services.addAll(to.images().images().keySet());
    for (ServiceId service : services) {
      Optional<ObservedParameter> parameter = Optional.ofNullable(parameters.get(service));
      if (parameter.isEmpty()) {
        there.remove(service);
      }
      parameter.flatMap(ObservedParameter::image).ifPresent(image -> there.put(service, image));
    }
    return ImageSet.of(there);
  }
}
