package dev.onward.model;

/** The requester of a release or a deployment; {@code unknown} in records that name none. */
public record Requester(String id, String name) {
  public static final Requester ONWARD = new Requester("onward", "Onward");
  public static final Requester UNKNOWN = new Requester("unknown", "unknown");

  public Requester {
    if (id.isBlank()) {
      throw new InvalidValueException("requester id", id, "a text that is not blank");
    }
  }
}
