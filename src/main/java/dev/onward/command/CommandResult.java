package dev.onward.command;

import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.Preview;
import dev.onward.store.WriteOutcome;
import java.util.Optional;

/**
 * What became of a person's wish.
 *
 * @param grant what was decided, by the state that was read for it
 * @param preview what it means; absent if it was refused, or said without waiting for a turn
 * @param outcome of the write; absent if it was refused or only tried
 * @param dryRun whether it was only tried
 */
public record CommandResult(
    CommandDecision grant,
    Optional<Preview> preview,
    Optional<WriteOutcome> outcome,
    boolean dryRun) {}
