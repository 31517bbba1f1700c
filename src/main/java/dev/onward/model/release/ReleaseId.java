package dev.onward.model.release;

import dev.onward.model.InvalidValueException;

/** The id of a release: a UUID for those cut by Onward or the older tool; any key can be read. */
public record ReleaseId(String value) implements Comparable<ReleaseId> {
  private static final int MAX_LENGTH = 200;
  private static final int SHORT = 8;

  public ReleaseId {
    if (value.isBlank() || value.length() > MAX_LENGTH) {
      throw new InvalidValueException("release id", value, "1 to 200 characters, usually a UUID");
    }
  }

  /** The first eight characters, enough for people to tell releases of one project apart. */
  public String shortForm() {
    return value.length() <= SHORT ? value : value.substring(0, SHORT);
  }

  @Override
  public int compareTo(ReleaseId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
