package dev.onward.model;

/** Who asked for a release or a deployment. Old records may know nobody: {@code unknown}. */
public record Requester(String id, String name) {
  public static final Requester ONWARD = new Requester("onward", "Onward");
  public static final Requester UNKNOWN = new Requester("unknown", "unknown");

  public Requester {
    if (id.isBlank()) {
      throw new InvalidValueException("requester id", id, "a text that is not blank");
    }
  }
}
