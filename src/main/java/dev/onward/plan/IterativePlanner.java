package dev.onward.plan;

import dev.onward.policy.ExternalQuery;
import dev.onward.policy.ExternalResult;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * Plans, runs the external queries that the plan's gates need, and plans again with the results,
 * until there are no new queries: a release promoted to one environment may become a candidate for
 * the next. A query without a result holds, so that an incomplete plan is safe.
 */
public final class IterativePlanner {
  /** A longer chain of environments may need another cycle. */
  private static final int ROUNDS = 5;

  private final Planner planner;

  public IterativePlanner(Planner planner) {
    this.planner = planner;
  }

  /** The plan and the state it was computed from, including query results. */
  public record Informed(Plan plan, ObservedState observed) {}

  /** Runs external queries. */
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
