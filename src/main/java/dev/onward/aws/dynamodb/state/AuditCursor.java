package dev.onward.aws.dynamodb.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.onward.aws.dynamodb.DynamoDates;
import dev.onward.model.InvalidValueException;
import java.util.Base64;

/**
 * The end of a page of events, as a text that is safe in a URL. It does not contain the owner: a
 * cursor cannot lead to another owner's events.
 *
 * @param sortKey of the page's last event
 */
record AuditCursor(String sortKey) {
  /** Between an event's date and the suffix that makes its key unique. */
  static final char SEPARATOR = '#';

  private static final int MAX_LENGTH = 1000;

  /** Throws {@link InvalidValueException} for anything but the result of {@link #text}. */
  static AuditCursor parse(String text) {
    try {
      String decoded = new String(Base64.getUrlDecoder().decode(text), UTF_8);
      int separator = decoded.indexOf(SEPARATOR);
      if (text.length() <= MAX_LENGTH
          && separator > 0
          && DynamoDates.parse(decoded.substring(0, separator)).isPresent()) {
        return new AuditCursor(decoded);
      }
    } catch (IllegalArgumentException e) {
      // Not Base64: see below.
    }
    throw new InvalidValueException("cursor", text, "the cursor of an earlier page, or none");
  }

  String text() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sortKey.getBytes(UTF_8));
  }
}
