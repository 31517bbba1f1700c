package dev.onward.plan.command;

import dev.onward.model.release.ReleaseId;
import dev.onward.plan.command.OperatorCommand.RollBackTo;
import java.util.Optional;

/**
 * The target of a rollback, the reason, and the alternative.
 *
 * @param other absent if both kinds of rollback yield the same release, or the other has no target
 */
public record RollbackChoice(Target chosen, Optional<Target> other) {

  /**
   * A release that a rollback can deploy.
   *
   * @param why why it was chosen, as a sentence
   */
  public record Target(RollBackTo to, ReleaseId release, String why) {}
}
