package dev.onward.web.api.command;

/** Examples of bodies for the OpenAPI document; each works with the local start's projects. */
final class BodyExamples {
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

  private BodyExamples() {}
}
