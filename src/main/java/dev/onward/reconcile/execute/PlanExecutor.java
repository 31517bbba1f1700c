package dev.onward.reconcile.execute;

import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.plan.Action;
import dev.onward.plan.Plan;
import dev.onward.reconcile.observe.TargetBackoff;
import dev.onward.store.CycleDeadline;
import dev.onward.store.Failure;
import dev.onward.store.ProjectStores;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Executes a plan in order. If an action fails, those that depend on it are skipped, and no others:
 * an environment whose parameters cannot be written only delays the environments after it.
 *
 * <p>A release is cut and first deployed in one transaction where possible, which is cheaper and
 * faster than two. If that is rejected, each is written separately and reports its own reason.
 */
public final class PlanExecutor {
  /** A transaction can contain a hundred items, and one deployment takes two. */
  private static final int JOINED_AT_MOST = 20;

  private final InstantSource clock;
  private final BooleanSupplier stopping;
  private final ParameterWriter converger;

  public PlanExecutor(InstantSource clock, BooleanSupplier stopping) {
    this.clock = clock;
    this.stopping = stopping;
    this.converger = new ParameterWriter(stopping);
  }

  /**
   * Executes the actions of a plan in order.
   *
   * @param objections what may prevent actions while the plan is executed
   */
  public List<ActionResult> execute(
      Plan plan, ProjectStores stores, Objections objections, TargetBackoff delays) {
    return new Execution(stores, objections, delays).of(plan.actions());
  }

  /**
   * Whether the release may be another replica's with a different date: actions that depend on it
   * wait until it has been read, since heads and people's decisions refer to that date.
   */
  public static boolean isAnothers(Action action, WriteOutcome outcome) {
    return action instanceof Action.CutRelease && outcome instanceof WriteOutcome.AlreadyApplied;
  }

  /** The execution of one plan. */
  private final class Execution {
    private final ProjectStores stores;
    private final Objections objections;
    private final TargetBackoff delays;

    private final List<ActionResult> results = new ArrayList<>();
    private final Set<Action> ended = new HashSet<>();
    private final Set<Source> stuck = new HashSet<>();

    /** Heads moved by this execution's own writes since the last parameter write. */
    private final Set<EnvironmentHead> moved = new HashSet<>();

    Execution(ProjectStores stores, Objections objections, TargetBackoff delays) {
      this.stores = stores;
      this.objections = objections;
      this.delays = delays;
    }

    List<ActionResult> of(List<Action> actions) {
      for (int i = 0; i < actions.size() && mayGoOn(); i++) {
        Action action = actions.get(i);
        if (ended.contains(action)) {
          continue;
        }
        if (isHeldUp(action)) {
          stuck.add(action.target());
        } else if (!(action instanceof Action.CutRelease cut)
            || !endsTogether(cut, firstDeployments(cut, actions.subList(i + 1, actions.size())))) {
          var written = new TreeSet<ServiceId>();
          end(action, outcome(action, written), written);
        }
      }
      return List.copyOf(results);
    }

    private boolean mayGoOn() {
      return !stopping.getAsBoolean() && CycleDeadline.passed().isEmpty();
    }

    private boolean isHeldUp(Action action) {
      return stuck.contains(action.target())
          || delays.isDelayed(action.target())
          || (action instanceof Action.RecordDeployment deployment
              && deployment.source().filter(stuck::contains).isPresent());
    }

    /** The planned deployments that depend only on the cut. */
    private List<Action.RecordDeployment> firstDeployments(
        Action.CutRelease cut, List<Action> later) {
      var first = new ArrayList<Action.RecordDeployment>();
      var touched = new HashSet<Source>();
      for (Action action : later) {
        if (action instanceof Action.RecordDeployment deployment
            && deployment.source().filter(cut.target()::equals).isPresent()
            && deployment.release().id().equals(cut.release().id())
            && !touched.contains(deployment.target())
            && !isHeldUp(deployment)
            && first.size() < JOINED_AT_MOST) {
          first.add(deployment);
        }
        touched.add(action.target());
      }
      return first;
    }

    /** Whether a single write completed all of it. */
    private boolean endsTogether(Action.CutRelease cut, List<Action.RecordDeployment> deployments) {
      if (deployments.isEmpty()) {
        return false;
      }
      var actions = new ArrayList<Action>(deployments);
      actions.addFirst(cut);
      WriteOutcome outcome = unlessObjected(actions, () -> stores.releases().cut(cut, deployments));
      if (isRefused(outcome)) {
        return false;
      }
      boolean whole = outcome instanceof WriteOutcome.Applied;
      (whole ? actions : List.of(cut))
          .forEach(it -> end(it, outcome, Collections.emptySortedSet()));
      return true;
    }

    /** A deployment that cannot be written must not prevent the cut. */
    private static boolean isRefused(WriteOutcome outcome) {
      return outcome instanceof WriteOutcome.Conflict
          || (outcome instanceof WriteOutcome.Failed(Failure failure)
              && failure.kind() == Failure.Kind.STALLED);
    }

    private void end(Action action, WriteOutcome outcome, SortedSet<ServiceId> written) {
      ended.add(action);
      results.add(
          new ActionResult(
              action, outcome, Collections.unmodifiableSortedSet(written), clock.instant()));
      if (!outcome.applied() || isAnothers(action, outcome)) {
        stuck.add(action.target());
      }
      if (outcome instanceof WriteOutcome.Applied
          && action instanceof Action.RecordDeployment deployment) {
        moved.add(deployment.to());
      } else if (action instanceof Action.ConvergeParameters) {
        // Parameter writes take time, during which the other heads may have moved.
        moved.clear();
      }
      switch (outcome) {
        case WriteOutcome.Applied _, WriteOutcome.AlreadyApplied _ ->
            delays.succeeded(action.target());
        case WriteOutcome.Conflict _ -> {}
        case WriteOutcome.Unknown(Failure failure) -> delays.failed(action.target(), failure);
        case WriteOutcome.Failed(Failure failure) -> delays.failed(action.target(), failure);
      }
    }

    private WriteOutcome outcome(Action action, SortedSet<ServiceId> written) {
      return unlessObjected(
          List.of(action),
          () ->
              switch (action) {
                case Action.CutRelease cut -> stores.releases().cut(cut);
                case Action.InitialiseEnvironment initialise ->
                    stores.releases().initialise(initialise);
                case Action.AdoptDeployment adopt -> stores.releases().adopt(adopt);
                case Action.RecordDeployment deployment -> stores.releases().record(deployment);
                case Action.ConvergeParameters converge ->
                    converger.converge(converge, stores, moved.contains(converge.head()), written);
              });
    }

    private WriteOutcome unlessObjected(List<Action> actions, Supplier<WriteOutcome> writing) {
      try {
        Optional<String> objection = objections.to(actions);
        return objection.isPresent() ? new WriteOutcome.Conflict(objection.get()) : writing.get();
      } catch (StoreException e) {
        return new WriteOutcome.Failed(e.failure());
      }
    }
  }
}
