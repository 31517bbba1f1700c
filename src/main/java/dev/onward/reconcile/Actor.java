package dev.onward.reconcile;

import dev.onward.model.EnvironmentHead;
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

/**
 * Carries out a plan, in order. An action that did not come about takes with it those that were
 * planned on top of it, and no others: an environment whose parameters cannot be written holds up
 * only the environments behind it.
 */
final class Actor {
  private final InstantSource clock;

  Actor(InstantSource clock) {
    this.clock = clock;
  }

  List<ActionResult> execute(Plan plan, ProjectStores stores) {
    var results = new ArrayList<ActionResult>();
    Set<Source> stuck = new HashSet<>();
    for (Action action : plan.actions()) {
      if (stuck.contains(action.target()) || buildsOn(action, stuck)) {
        stuck.add(action.target());
        continue;
      }
      var written = new TreeSet<ServiceId>();
      WriteOutcome outcome = execute(action, stores, written);
      results.add(
          new ActionResult(
              action, outcome, Collections.unmodifiableSortedSet(written), clock.instant()));
      if (!outcome.applied()) {
        stuck.add(action.target());
      }
    }
    return List.copyOf(results);
  }

  private static boolean buildsOn(Action action, Set<Source> stuck) {
    return action instanceof Action.RecordDeployment deployment
        && stuck.contains(deployment.source());
  }

  private static WriteOutcome execute(
      Action action, ProjectStores stores, SortedSet<ServiceId> written) {
    try {
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
   * move while parameters are being written, it is reopened: whoever looks next compares everything
   * again, for an old value may have been put over a newer one.
   */
  private static WriteOutcome converge(
      Action.ConvergeParameters action, ProjectStores stores, SortedSet<ServiceId> written) {
    ReleaseStore releases = stores.releases();
    Optional<EnvironmentHead> head = releases.head(action.head().environment());
    if (head.filter(h -> h.version() == action.head().version()).isEmpty()) {
      return new WriteOutcome.Conflict("the environment's head has moved");
    }
    Optional<Failure> failure = write(action, stores.parameters(), written);
    if (failure.isPresent()) {
      return new WriteOutcome.Failed(failure.get());
    }
    WriteOutcome outcome = releases.markConverged(action);
    if (outcome instanceof WriteOutcome.Conflict && !written.isEmpty()) {
      releases.reopen(action.head().environment());
    }
    return outcome;
  }

  /** Writes what it can: one parameter that SSM refuses does not keep the others back. */
  private static Optional<Failure> write(
      Action.ConvergeParameters action, ParameterStore parameters, SortedSet<ServiceId> written) {
    var failures = new ArrayList<Failure>();
    for (Map.Entry<ServiceId, ImageRef> write : action.writes().entrySet()) {
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
