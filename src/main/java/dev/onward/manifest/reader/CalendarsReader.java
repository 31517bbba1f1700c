package dev.onward.manifest.reader;

import dev.onward.manifest.document.Value;
import dev.onward.model.InvalidValueException;
import dev.onward.policy.Gate;
import dev.onward.policy.gate.ChangeCalendarsGate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the AWS change calendars that must be open. */
final class CalendarsReader {
  /** Each is asked of AWS again and again. */
  private static final int MOST = 10;

  private static final Pattern DOCUMENT =
      Pattern.compile(
          "(?:arn:aws[a-z-]{0,20}:ssm:[a-z0-9-]{1,30}:[0-9]{12}:document/)?[A-Za-z0-9_.-]{3,128}");
  private static final String ALLOWED =
      "the name of an SSM document (3 to 128 letters, digits, '_', '.' or '-') or its ARN, such as"
          + " arn:aws:ssm:eu-west-1:123456789012:document/Releases";

  private CalendarsReader() {}

  static Optional<Gate> read(Value value) {
    return value
        .list("change calendars", 1, MOST, item -> item.text(ALLOWED, CalendarsReader::calendar))
        .map(calendars -> new ChangeCalendarsGate(List.copyOf(new LinkedHashSet<>(calendars))));
  }

  private static String calendar(String text) {
    if (!DOCUMENT.matcher(text).matches()) {
      throw new InvalidValueException("change calendar", text, ALLOWED);
    }
    return text;
  }
}
