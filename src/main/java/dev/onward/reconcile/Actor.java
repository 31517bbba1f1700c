package dev.onward.reconcile;

import dev.onward.model.ImageRef;
import dev.onward.model.ParameterName;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.plan.Action;
import dev.onward.plan.Plan;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Carries out a plan, in order. An action that did not come about takes with it those that were
 * planned on top of it, and no others: an environment whose parameters cannot be written holds up
 * only the environments behind it.
 */
final class Actor {
  private final InstantSource clock;
  private final BooleanSupplier stopping;

  Actor(InstantSource clock, BooleanSupplier stopping) {
    this.clock = clock;
    this.stopping = stopping;
  }

  /**
   * @param objections what is said against the plan while it is carried out
   */
  List<ActionResult> execute(
      Plan plan, ProjectStores stores, Objections objections, TargetDelays delays) {
    var results = new ArrayList<ActionResult>();
    Set<Source> stuck = new HashSet<>();
    for (Action action : plan.actions()) {
      if (stopping.getAsBoolean()) {
        break;
      }
      if (stuck.contains(action.target())
          || buildsOn(action, stuck)
          || delays.isDelayed(action.target())) {
        stuck.add(action.target());
        continue;
      }
      var written = new TreeSet<ServiceId>();
      WriteOutcome outcome = execute(action, stores, objections, written);
      results.add(
          new ActionResult(
              action, outcome, Collections.unmodifiableSortedSet(written), clock.instant()));
      if (!outcome.applied() || isAnothers(action, outcome)) {
        stuck.add(action.target());
      }
      remember(action, outcome, delays);
    }
    return List.copyOf(results);
  }

  /**
   * Whether the release may be another replica's, which dated it otherwise: what builds on it waits
   * until it has been read, for heads and people's decisions go by that date.
   */
  static boolean isAnothers(Action action, WriteOutcome outcome) {
    return action instanceof Action.CutRelease && outcome instanceof WriteOutcome.AlreadyApplied;
  }

  private static void remember(Action action, WriteOutcome outcome, TargetDelays delays) {
    switch (outcome) {
      case WriteOutcome.Applied applied -> delays.succeeded(action.target());
      case WriteOutcome.AlreadyApplied already -> delays.succeeded(action.target());
      case WriteOutcome.Conflict conflict -> {}
      case WriteOutcome.Unknown(Failure failure) -> delays.failed(action.target(), failure);
      case WriteOutcome.Failed(Failure failure) -> delays.failed(action.target(), failure);
    }
  }

  private static boolean buildsOn(Action action, Set<Source> stuck) {
    return action instanceof Action.RecordDeployment deployment
        && deployment.source().filter(stuck::contains).isPresent();
  }

  private WriteOutcome execute(
      Action action, ProjectStores stores, Objections objections, SortedSet<ServiceId> written) {
    try {
      Optional<String> objection = objections.to(action);
      if (objection.isPresent()) {
        return new WriteOutcome.Conflict(objection.get());
      }
      return switch (action) {
        case Action.CutRelease cut -> stores.releases().cut(cut);
        case Action.InitialiseEnvironment initialise -> stores.releases().initialise(initialise);
        case Action.AdoptDeployment adopt -> stores.releases().adopt(adopt);
        case Action.RecordDeployment deployment -> stores.releases().record(deployment);
        case Action.ConvergeParameters converge -> converge(converge, stores, written);
      };
    } catch (StoreException e) {
      return new WriteOutcome.Failed(e.failure());
    }
  }

  /**
   * Reads the head again first, so that a plan that has grown stale writes nothing. Should the head
   * have moved while parameters were being written, it is reopened: whoever looks next compares
   * everything again, for an old value may have been put over a newer one.
   */
  private WriteOutcome converge(
      Action.ConvergeParameters action, ProjectStores stores, SortedSet<ServiceId> written) {
    if (isOvertaken(action, stores.releases())) {
      return new WriteOutcome.Conflict("the environment's head has moved");
    }
    Optional<Failure> failure = write(action, stores.parameters(), written);
    WriteOutcome outcome =
        failure.isPresent()
            ? new WriteOutcome.Failed(failure.get())
            : settle(action, stores.releases());
    if (!outcome.applied() && !written.isEmpty() && isOvertaken(action, stores.releases())) {
      stores.releases().reopen(action.head().environment());
    }
    return outcome;
  }

  /** Where a parameter could not be overwritten the environment is not converged. */
  private static WriteOutcome settle(Action.ConvergeParameters action, ReleaseStore releases) {
    return action.complete() || action.repair()
        ? releases.markConverged(action)
        : new WriteOutcome.Applied();
  }

  private static boolean isOvertaken(Action.ConvergeParameters action, ReleaseStore releases) {
    return releases
        .head(action.head().environment())
        .filter(head -> head.version() == action.head().version())
        .isEmpty();
  }

  /** Writes what it can: one parameter that SSM refuses does not keep the others back. */
  private Optional<Failure> write(
      Action.ConvergeParameters action, ParameterStore parameters, SortedSet<ServiceId> written) {
    var failures = new ArrayList<Failure>();
    for (Map.Entry<ServiceId, ImageRef> write : action.writes().entrySet()) {
      if (stopping.getAsBoolean()) {
        failures.add(Failure.transientOne("Onward is stopping"));
        break;
      }
      var name =
          new ParameterName(
              action.release().project(), action.head().environment(), write.getKey());
      try {
        parameters.put(name, write.getValue(), description(action));
        written.add(write.getKey());
      } catch (StoreException e) {
        failures.add(e.failure());
        if (e.failure().kind() == Failure.Kind.TRANSIENT) {
          break;
        }
      }
    }
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    String messages =
        String.join("; ", failures.stream().map(Failure::message).distinct().toList());
    return Optional.of(new Failure(failures.getLast().kind(), messages));
  }

  private static String description(Action.ConvergeParameters action) {
    return "Onward: %s %s (%s)"
        .formatted(
            action.repair() ? "repaired to release" : "release",
            action.release().id(),
            action.release().description());
  }
}
