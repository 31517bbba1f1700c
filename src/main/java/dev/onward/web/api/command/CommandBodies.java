package dev.onward.web.api.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What requests look like, for the OpenAPI document alone: they are read field by field, so that
 * all that is wrong can be said at once.
 */
final class CommandBodies {
  /** Examples, each of which works with the local start's projects. */
  static final String BECAUSE = "{\"reason\": \"all clear\"}";

  static final String FOR_TWO_HOURS =
      "{\"reason\": \"fire in the data centre\", \"until\": \"2h\"}";

  static final String FREEZE =
      "{\"id\": \"christmas\", \"from\": \"2026-12-18T17:00:00Z\", \"until\": \"P14D\","
          + " \"reason\": \"Christmas\"}";
  static final String UNFREEZE = "{\"id\": \"christmas\", \"reason\": \"all are back\"}";
  static final String APPROVE =
      "{\"release\": \"33378e23\", \"reason\": \"tested on stage\", \"until\": \"1d\"}";
  static final String WITHDRAW =
      "{\"release\": \"33378e23\", \"reason\": \"the test was not the whole test\"}";
  static final String DEPLOY = "{\"release\": \"33378e23\", \"reason\": \"customers wait for it\"}";
  static final String OVERRIDE =
      "{\"release\": \"33378e23\", \"reason\": \"the fix cannot wait\", \"override\": true}";
  static final String ROLL_BACK = "{\"reason\": \"errors since the last deployment\"}";
  static final String ROLL_BACK_BEFORE =
      "{\"to\": \"before\", \"reason\": \"that was the wrong release\"}";
  static final String REPAIR = "{\"reason\": \"the edit by hand is no longer needed\"}";
  static final String RECONCILE = "{\"reason\": \"the role may write now\"}";
  static final String PUBLISH =
      """
      {"images": {"archivist": "example.com/uk.ac.wellcome/archivist:0123abc"},
       "reason": "back to the build of last week"}\
      """;
  static final String PUBLISH_NEW =
      """
      {"images": {"reporter": "example.com/uk.ac.wellcome/reporter:0123abc"}, "new": true,
       "reason": "its first build"}\
      """;
  static final String CUT = "{\"reason\": \"the fix cannot wait\"}";
  static final String COMPOSE =
      """
      {"from": "prod", "reason": "try this notifier alone", "services": {
        "notifier": {"image": "example.com/uk.ac.wellcome/notifier:0123abc"}}}\
      """;
  static final String COMPOSE_FROM_LABEL =
      """
      {"from": "prod", "reason": "only the archivist's fix", "services": {
        "archivist": {"label": "latest"}}}\
      """;

  private static final String REASON = "For whoever comes after: one line of 1 to 500 characters";
  private static final String UNTIL =
      "A moment with its offset, or a duration from now; without, until somebody takes it back";
  private static final String RELEASE =
      "The release's id, or the first 8 or more characters of one that Onward works with now";
  private static final String OVERRIDES =
      "Whether to pass over gates that hold it; that is recorded with the reason";

  private static final String EXPECTED_VERSION =
      "The version of what operators have said that the caller has seen: refused at any other";

  private CommandBodies() {}

  /** Why. */
  @Schema(name = "Because", requiredProperties = "reason")
  record Because(
      @Schema(description = REASON) String reason,
      @Schema(description = EXPECTED_VERSION) long expectedVersion) {}

  /** Why, whatever operators have said. */
  @Schema(name = "Why", requiredProperties = "reason")
  record Why(@Schema(description = REASON) String reason) {}

  /** Images to publish. */
  @Schema(
      name = "Publish",
      requiredProperties = {"images", "reason"})
  record Publish(
      @Schema(description = "Each service's image, of 1 to 10 services") Map<String, String> images,
      @JsonProperty("new")
          @Schema(
              description =
                  "Whether parameters may be created: else a service without one is refused",
              defaultValue = "false")
          boolean mayBeNew,
      @Schema(description = REASON) String reason) {}

  /** Why, and until when. */
  @Schema(name = "BecauseUntil", requiredProperties = "reason")
  record BecauseUntil(
      @Schema(description = REASON) String reason,
      @Schema(description = UNTIL) String until,
      @Schema(description = EXPECTED_VERSION) long expectedVersion) {}

  /** An approval. */
  @Schema(
      name = "Approve",
      requiredProperties = {"release", "reason"})
  record Approve(
      @Schema(description = RELEASE) String release,
      @Schema(description = REASON) String reason,
      @Schema(description = UNTIL) String until,
      @Schema(description = EXPECTED_VERSION) long expectedVersion) {}

  /** Taking back an approval. */
  @Schema(
      name = "Withdraw",
      requiredProperties = {"release", "reason"})
  record Withdraw(
      @Schema(description = RELEASE) String release,
      @Schema(description = REASON) String reason,
      @Schema(description = EXPECTED_VERSION) long expectedVersion) {}

  /** A person's deployment. */
  @Schema(
      name = "Deploy",
      requiredProperties = {"release", "reason"})
  record Deploy(
      @Schema(description = RELEASE) String release,
      @Schema(description = REASON) String reason,
      @Schema(description = OVERRIDES, defaultValue = "false") boolean override,
      @Schema(description = EXPECTED_VERSION) long expectedVersion) {}

  /** Going back. */
  @Schema(name = "RollBack", requiredProperties = "reason")
  record RollBack(
      @Schema(
              description =
                  "older: to the newest release of the history that is older than the current one"
                      + " and was neither rejected nor rolled back from; before: to what was there"
                      + " before the current one, even if it is newer",
              defaultValue = "older",
              enumeration = {"older", "before"})
          String to,
      @Schema(description = REASON) String reason,
      @Schema(description = OVERRIDES, defaultValue = "false") boolean override,
      @Schema(description = EXPECTED_VERSION) long expectedVersion) {}

  /** Repairing. */
  @Schema(name = "Repair", requiredProperties = "reason")
  record Repair(
      @Schema(description = REASON) String reason,
      @Schema(
              description = "Whether to pass over a hold or a stop; that is recorded",
              defaultValue = "false")
          boolean override,
      @Schema(description = EXPECTED_VERSION) long expectedVersion) {}

  /** A freeze. */
  @Schema(name = "SetFreeze", requiredProperties = "reason")
  record SetFreeze(
      @Schema(description = "Names it for whoever lifts it; made of the reason if absent")
          String id,
      @Schema(description = "When it begins, with its offset; at once if absent") String from,
      @Schema(description = "When it ends, with its offset, or how long after it begins")
          String until,
      @Schema(description = REASON) String reason,
      @Schema(description = EXPECTED_VERSION) long expectedVersion) {}

  /** Lifting a freeze. */
  @Schema(
      name = "LiftFreeze",
      requiredProperties = {"id", "reason"})
  record LiftFreeze(
      String id,
      @Schema(description = REASON) String reason,
      @Schema(description = EXPECTED_VERSION) long expectedVersion) {}

  /** A release that is put together. */
  @Schema(
      name = "Compose",
      requiredProperties = {"from", "reason"})
  record Compose(
      @Schema(description = "An environment of the project, or else a label") String from,
      @Schema(description = "The services whose images come from elsewhere")
          Map<String, Replacement> services,
      @Schema(description = REASON) String reason,
      @Schema(description = EXPECTED_VERSION) long expectedVersion) {}

  /** Where a service's image comes from instead: exactly one of the two. */
  @Schema(name = "Replacement")
  record Replacement(
      @Schema(description = "The label under which it is published") String label,
      @Schema(description = "The image itself") String image) {}
}
