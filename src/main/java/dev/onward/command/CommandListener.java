package dev.onward.command;

import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.OperatorCommand;

/**
 * Is told what people's commands come to: the log, the metrics and the status snapshot are such.
 */
public interface CommandListener {
  /** After a command on a project, previews and refusals included. */
  default void commandEnded(
      DesiredState desired,
      OperatorCommand command,
      Attribution attribution,
      CommandResult result) {}

  /** After a global intervention, refusals included; of previews nothing is told. */
  default void globalCommandEnded(
      Intervention intervention, Attribution attribution, CommandResult result) {}

  /** After images were published, wholly or in part, or refused; of previews nothing is told. */
  default void published(
      DesiredState desired,
      Publication publication,
      Attribution attribution,
      PublicationResult result) {}
}
