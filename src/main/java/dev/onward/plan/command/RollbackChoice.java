package dev.onward.plan.command;

import dev.onward.model.release.ReleaseId;
import dev.onward.plan.command.OperatorCommand.RollBackTo;
import java.util.Optional;

/**
 * Where a rollback leads and why, and where else it could lead.
 *
 * @param other absent where both ways of rolling back lead to the same release, or the other leads
 *     nowhere
 */
public record RollbackChoice(Target chosen, Optional<Target> other) {

  /**
   * One release that a rollback can lead to.
   *
   * @param why it is this one, in words
   */
  public record Target(RollBackTo to, ReleaseId release, String why) {}
}
