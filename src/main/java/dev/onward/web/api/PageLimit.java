package dev.onward.web.api;

import dev.onward.model.InvalidValueException;

/** How many of something a page has at most, as requests say it. */
public final class PageLimit {
  public static final int DEFAULT = 25;
  public static final int MOST = 100;

  /** For annotations. */
  static final String DEFAULT_TEXT = "" + DEFAULT;

  private PageLimit() {}

  static int of(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // As below.
    }
    throw new InvalidValueException("limit", text, "a whole number from 1 to " + MOST);
  }
}
