package dev.onward.model;

/** Something from outside cannot become a model value: says what was found and what is allowed. */
public final class InvalidValueException extends IllegalArgumentException {
  private static final int SHOWN = 120;

  private final String found;
  private final String allowed;

  public InvalidValueException(String kind, String found, String allowed) {
    super("%s '%s' is invalid; allowed: %s".formatted(kind, shorten(found), allowed));
    this.found = shorten(found);
    this.allowed = allowed;
  }

  /** What was found, fit for a log line: cut, and with its invisible characters as codes. */
  public String found() {
    return found;
  }

  /** What would have been accepted. */
  public String allowed() {
    return allowed;
  }

  private static String shorten(String text) {
    return PrintableText.of(text, SHOWN);
  }
}
