package dev.onward.command;

import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.Preview;
import dev.onward.store.WriteOutcome;
import java.util.Optional;

/**
 * The result of a command.
 *
 * @param grant the decision, based on the state that was read for it
 * @param preview its consequences; absent if it was rejected, or if they could not be computed
 *     without waiting
 * @param outcome of the write; absent if it was rejected or a dry run
 * @param dryRun whether nothing was to be written
 */
public record CommandResult(
    CommandDecision grant,
    Optional<Preview> preview,
    Optional<WriteOutcome> outcome,
    boolean dryRun) {}
