package dev.onward.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.onward.plan.RollBackChoice;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a rollback leads where it leads.
 *
 * @param to {@code older} or {@code before}, as it was asked for
 * @param other where it would lead if the other was asked for; absent if nowhere else
 */
@Schema(name = "RollBackChoice")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record RollBackView(String to, String release, String why, Optional<Target> other) {

  /** The other release. */
  @Schema(name = "RollBackTarget")
  record Target(String to, String release, String why) {
    private static Target of(RollBackChoice.Target it) {
      return new Target(it.to().word(), it.release().value(), it.why());
    }
  }

  static RollBackView of(RollBackChoice it) {
    Target chosen = Target.of(it.chosen());
    return new RollBackView(
        chosen.to(), chosen.release(), chosen.why(), it.other().map(Target::of));
  }
}
