package dev.onward.manifest.reader;

import dev.onward.model.InvalidValueException;
import java.time.LocalTime;
import java.util.regex.Pattern;

/** Times of day as manifests write them: {@code 09:00}. */
final class TimeText {
  static final String BEGIN = "a time from \"00:00\" to \"23:59\"";
  static final String END = "a time from \"00:00\" to \"24:00\"";

  private static final Pattern TIME = Pattern.compile("(?:[01]\\d|2[0-3]):[0-5]\\d");
  private static final String END_OF_DAY = "24:00";

  /** When a window closes: a time of day, or the end of it, which is the next day's midnight. */
  record End(LocalTime time, boolean endOfDay) {}

  private TimeText() {}

  static LocalTime begin(String text) {
    return time(text, BEGIN);
  }

  static End end(String text) {
    return text.equals(END_OF_DAY)
        ? new End(LocalTime.MIDNIGHT, true)
        : new End(time(text, END), false);
  }

  private static LocalTime time(String text, String allowed) {
    if (!TIME.matcher(text).matches()) {
      throw new InvalidValueException("time", text, allowed);
    }
    return LocalTime.parse(text);
  }
}
