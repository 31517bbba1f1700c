package dev.onward.plan;

import dev.onward.model.ServiceId;
import dev.onward.model.release.EnvironmentHead;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An environment: its parameters, its head, and deployments found that the older tool made.
 *
 * @param head absent until Onward has observed the environment for the first time
 * @param foreign the newest deployment in the releases table that Onward neither made nor adopted
 * @param foreignDeploymentsLoaded whether this cycle searched the releases table; only then does an
 *     absent {@code foreign} mean that there is none
 * @param unchangedFor how long this process has observed exactly these parameters, by a monotonic
 *     clock
 * @param driftedFor how long this process has observed exactly this drift from exactly this head,
 *     by the same clock
 * @param planned whether this is the expected result of actions rather than an observation
 */
public record ObservedEnvironment(
    SortedMap<ServiceId, ObservedParameter> parameters,
    Optional<EnvironmentHead> head,
    Optional<ForeignDeployment> foreign,
    boolean foreignDeploymentsLoaded,
    Duration unchangedFor,
    Duration driftedFor,
    boolean planned) {
  public ObservedEnvironment {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /** An observed environment. */
  public ObservedEnvironment(
      SortedMap<ServiceId, ObservedParameter> parameters,
      Optional<EnvironmentHead> head,
      Optional<ForeignDeployment> foreign,
      boolean foreignDeploymentsLoaded,
      Duration unchangedFor,
      Duration driftedFor) {
    this(parameters, head, foreign, foreignDeploymentsLoaded, unchangedFor, driftedFor, false);
  }

  /** The services whose parameters differ from the environment's current release. */
  public SortedSet<ServiceId> misplaced(ObservedState observed) {
    var services = new TreeSet<ServiceId>();
    head.flatMap(EnvironmentHead::current)
        .flatMap(current -> observed.release(current.release()))
        .map(release -> ParameterDiff.differing(release, this))
        .orElse(List.of())
        .forEach(drifted -> services.add(drifted.service()));
    return services;
  }

  ObservedEnvironment asSeen() {
    return new ObservedEnvironment(
        parameters, head, foreign, foreignDeploymentsLoaded, unchangedFor, driftedFor, false);
  }

  /** This environment with the result of the search of the releases table. */
  public ObservedEnvironment searched(Optional<ForeignDeployment> found) {
    return new ObservedEnvironment(
        parameters, head, found, true, unchangedFor, driftedFor, planned);
  }

  public ObservedEnvironment driftedFor(Duration duration) {
    return new ObservedEnvironment(
        parameters, head, foreign, foreignDeploymentsLoaded, unchangedFor, duration, planned);
  }

  ObservedEnvironment withHead(EnvironmentHead newHead) {
    return new ObservedEnvironment(
        parameters,
        Optional.of(newHead),
        foreign,
        foreignDeploymentsLoaded,
        unchangedFor,
        Duration.ZERO,
        true);
  }

  ObservedEnvironment withoutForeign() {
    return new ObservedEnvironment(
        parameters,
        head,
        Optional.empty(),
        foreignDeploymentsLoaded,
        unchangedFor,
        driftedFor,
        planned);
  }

  ObservedEnvironment withParameters(SortedMap<ServiceId, ObservedParameter> newParameters) {
    return new ObservedEnvironment(
        newParameters, head, foreign, foreignDeploymentsLoaded, Duration.ZERO, Duration.ZERO, true);
  }
}
