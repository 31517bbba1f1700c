package dev.onward.reconcile;

import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedState;
import dev.onward.plan.Plan;
import dev.onward.reconcile.execute.ActionResult;
import dev.onward.store.Failure;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one cycle over one project observed, did and explains.
 *
 * @param observed the project after the cycle's own actions; absent if it could not be observed
 * @param plan what is left to do after the cycle, with every explanation; absent if it could not be
 *     observed
 * @param results the results of the actions, in order
 * @param failure what prevents the project, or one of its labels or environments, from reaching the
 *     desired state
 */
public record CycleReport(
    DesiredState desired,
    Instant startedAt,
    Duration duration,
    Optional<ObservedState> observed,
    Optional<Plan> plan,
    List<ActionResult> results,
    Optional<Failure> failure) {
  public CycleReport {
    results = List.copyOf(results);
  }

  public Outcome outcome() {
    if (failure.isPresent() && observed.isPresent()) {
      return Outcome.PARTIAL;
    }
    if (failure.isPresent()) {
      return switch (failure.get().kind()) {
        case STALLED -> Outcome.STALLED;
        case WAITING, TRANSIENT -> Outcome.FAILED;
      };
    }
    boolean overtaken =
        results.stream().anyMatch(result -> result.outcome() instanceof WriteOutcome.Conflict);
    return overtaken ? Outcome.CONFLICT : Outcome.SUCCEEDED;
  }

  /** How a cycle ended. */
  public enum Outcome {
    SUCCEEDED,
    /** Another writer was first; the next cycle observes again. */
    CONFLICT,
    /** Observed and planned, but an action failed; only its target is retried with backoff. */
    PARTIAL,
    /** AWS or the network failed; retried with backoff. */
    FAILED,
    /** An operator must intervene; retried slowly. */
    STALLED
  }
}
