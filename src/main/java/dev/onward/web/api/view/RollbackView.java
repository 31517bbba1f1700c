package dev.onward.web.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.onward.plan.command.RollbackChoice;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a rollback leads where it leads.
 *
 * @param to {@code older} or {@code before}, as it was asked for
 * @param other where it would lead if the other was asked for; absent if nowhere else
 */
@Schema(name = "RollbackChoice")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record RollbackView(String to, String release, String why, Optional<Target> other) {

  /** The other release. */
  @Schema(name = "RollBackTarget")
  record Target(String to, String release, String why) {
    private static Target of(RollbackChoice.Target it) {
      return new Target(it.to().word(), it.release().value(), it.why());
    }
  }

  static RollbackView of(RollbackChoice it) {
    Target chosen = Target.of(it.chosen());
    return new RollbackView(
        chosen.to(), chosen.release(), chosen.why(), it.other().map(Target::of));
  }
}
