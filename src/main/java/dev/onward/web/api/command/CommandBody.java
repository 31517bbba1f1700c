package dev.onward.web.api.command;

import dev.onward.model.release.ReleaseId;
import dev.onward.plan.command.OperatorCommand.RollBackTo;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A request body. {@link BodyReader} binds it; the OpenAPI document describes it. */
interface CommandBody {
  String RELEASE =
      "The release's id, or the first 8 or more characters of one that Onward works with now";
  String UNTIL =
      "A time with its offset, or a duration from now; if absent, until an operator takes it back";
  String OVERRIDE = "Whether to override the gates that hold it; recorded with the reason";
  String EXPECTED_VERSION =
      "The version of the interventions that the caller has seen: refused at any other version";

  Reason reason();

  default @Nullable Long expectedVersion() {
    return null;
  }

  default @Nullable End until() {
    return null;
  }

  /** A reason: one line, without the blanks around it. */
  @Schema(
      implementation = String.class,
      description = "For later readers: one line of 1 to 500 characters")
  record Reason(String text) {}

  /** When something ends, read relative to when it begins. */
  record End(Instant time) {
    static Optional<Instant> of(@Nullable End end) {
      return Optional.ofNullable(end).map(End::time);
    }
  }

  /** Only a reason, whatever the interventions are. */
  record ReconcileRequest(@NotNull Reason reason) implements CommandBody {}

  /** Only a reason. */
  record ReasonRequest(
      @NotNull Reason reason,
      @PositiveOrZero @Schema(description = EXPECTED_VERSION) @Nullable Long expectedVersion)
      implements CommandBody {}

  /** An intervention that may end. */
  record InterventionRequest(
      @Schema(implementation = String.class, description = UNTIL) @Nullable End until,
      @NotNull Reason reason,
      @PositiveOrZero @Schema(description = EXPECTED_VERSION) @Nullable Long expectedVersion)
      implements CommandBody {}

  /** An approval of a release. */
  record ApprovalRequest(
      @NotNull @Schema(implementation = String.class, description = RELEASE) ReleaseId release,
      @Schema(implementation = String.class, description = UNTIL) @Nullable End until,
      @NotNull Reason reason,
      @PositiveOrZero @Schema(description = EXPECTED_VERSION) @Nullable Long expectedVersion)
      implements CommandBody {}

  /** The withdrawal of an approval. */
  record WithdrawalRequest(
      @NotNull @Schema(implementation = String.class, description = RELEASE) ReleaseId release,
      @NotNull Reason reason,
      @PositiveOrZero @Schema(description = EXPECTED_VERSION) @Nullable Long expectedVersion)
      implements CommandBody {}

  /** A deployment of a release. */
  record DeployRequest(
      @NotNull @Schema(implementation = String.class, description = RELEASE) ReleaseId release,
      @Schema(description = OVERRIDE, defaultValue = "false") boolean override,
      @NotNull Reason reason,
      @PositiveOrZero @Schema(description = EXPECTED_VERSION) @Nullable Long expectedVersion)
      implements CommandBody {}

  /** A rollback. */
  record RollbackRequest(
      @Schema(
              implementation = String.class,
              description =
                  "older: to the newest release of the history that is older than the current one"
                      + " and was neither rejected nor rolled back from; before: to the release"
                      + " before the current one, even if it is newer",
              defaultValue = "older",
              enumeration = {"older", "before"})
          @Nullable RollBackTo to,
      @Schema(description = OVERRIDE, defaultValue = "false") boolean override,
      @NotNull Reason reason,
      @PositiveOrZero @Schema(description = EXPECTED_VERSION) @Nullable Long expectedVersion)
      implements CommandBody {}

  /** A repair of drift. */
  record RepairRequest(
      @Schema(
              description = "Whether to override a hold or a stop; recorded with the reason",
              defaultValue = "false")
          boolean override,
      @NotNull Reason reason,
      @PositiveOrZero @Schema(description = EXPECTED_VERSION) @Nullable Long expectedVersion)
      implements CommandBody {}

  /** The end of a freeze. */
  record UnfreezeRequest(
      @NotNull @Schema(implementation = String.class) FreezeId id,
      @NotNull Reason reason,
      @PositiveOrZero @Schema(description = EXPECTED_VERSION) @Nullable Long expectedVersion)
      implements CommandBody {}
}
