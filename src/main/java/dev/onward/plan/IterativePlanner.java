package dev.onward.plan;

import dev.onward.policy.ExternalQuery;
import dev.onward.policy.ExternalResult;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * Plans, finds out what the gates of the plan ask, and plans again with the answers, until nothing
 * new is asked: a release that goes to one environment may become a candidate for the next. What
 * has no answer holds, so a plan that is not asked on is safe.
 */
public final class IterativePlanner {
  /** More environments than this in a row may need another cycle. */
  private static final int ROUNDS = 5;

  private final Planner planner;

  public IterativePlanner(Planner planner) {
    this.planner = planner;
  }

  /** The plan and the state it was made of, answers included. */
  public record Informed(Plan plan, ObservedState observed) {}

  /** Finds out about the world outside. */
  public interface Inquiry {
    Map<ExternalQuery, ExternalResult> ask(Collection<ExternalQuery> queries);
  }

  public Informed plan(DesiredState desired, ObservedState observed, Inquiry inquiry, Instant now) {
    ObservedState state = observed;
    Plan plan = planner.plan(desired, state, now);
    for (int i = 0; i < ROUNDS && !isAnswered(plan, state); i++) {
      state = state.answering(inquiry.ask(plan.queries()));
      plan = planner.plan(desired, state, now);
    }
    return new Informed(plan, state);
  }

  private static boolean isAnswered(Plan plan, ObservedState state) {
    return state.results().keySet().containsAll(plan.queries());
  }
}
