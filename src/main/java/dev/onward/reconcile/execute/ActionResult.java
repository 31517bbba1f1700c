package dev.onward.reconcile.execute;

import dev.onward.model.ServiceId;
import dev.onward.plan.Action;
import dev.onward.store.WriteOutcome;
import java.time.Instant;
import java.util.SortedSet;

/**
 * The result of one planned action.
 *
 * @param written the services whose parameters this execution wrote
 * @param at when it ended
 */
public record ActionResult(
    Action action, WriteOutcome outcome, SortedSet<ServiceId> written, Instant at) {}
