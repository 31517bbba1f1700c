package dev.onward.aws.dynamodb.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.onward.aws.dynamodb.Item;
import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import dev.onward.model.release.ReleaseId;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The end of a page of releases, as a text that is safe in a URL. It does not contain the project:
 * a cursor cannot lead to another project's releases.
 */
record PageCursor(String dateCreated, ReleaseId release) {
  private static final char SEPARATOR = '\n';
  private static final int MAX_LENGTH = 1000;

  /** Throws {@link InvalidValueException} if it is not the key of a release. */
  static PageCursor of(Item key) {
    return new PageCursor(
        text(key, ReleaseTable.DATE_CREATED), new ReleaseId(text(key, ReleaseTable.RELEASE_ID)));
  }

  private static String text(Item key, String name) {
    return key.text(name).orElseThrow(() -> key.invalid(name, "a text"));
  }

  /** Throws {@link InvalidValueException} for anything but the result of {@link #text}. */
  static PageCursor parse(String text) {
    try {
      String decoded = new String(Base64.getUrlDecoder().decode(text), UTF_8);
      int separator = decoded.indexOf(SEPARATOR);
      if (text.length() <= MAX_LENGTH && separator > 0) {
        return new PageCursor(
            decoded.substring(0, separator), new ReleaseId(decoded.substring(separator + 1)));
      }
    } catch (IllegalArgumentException e) {
      // Not Base64, or not a release id: see below.
    }
    throw new InvalidValueException("cursor", text, "the cursor of an earlier page, or none");
  }

  String text() {
    String plain = dateCreated + SEPARATOR + release;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
  }

  Map<String, AttributeValue> key(ProjectId project) {
    return Map.of(
        ReleaseTable.PROJECT_ID, Item.ofText(project.value()),
        ReleaseTable.DATE_CREATED, Item.ofText(dateCreated),
        ReleaseTable.RELEASE_ID, Item.ofText(release.value()));
  }
}
