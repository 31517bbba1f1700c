package dev.onward.model;

/**
 * Thrown when an external value cannot become a model value; names what was found and what is
 * allowed.
 */
public final class InvalidValueException extends IllegalArgumentException {
  private static final int SHOWN = 120;

  private final String found;
  private final String allowed;

  public InvalidValueException(String kind, String found, String allowed) {
    super("%s '%s' is invalid; allowed: %s".formatted(kind, shorten(found), allowed));
    this.found = shorten(found);
    this.allowed = allowed;
  }

  /** The value found, safe for a log line: truncated, with invisible characters escaped. */
  public String found() {
    return found;
  }

  /** The values that are accepted. */
  public String allowed() {
    return allowed;
  }

  private static String shorten(String text) {
    return PrintableText.of(text, SHOWN);
  }
}
