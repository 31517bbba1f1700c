package dev.onward.query;

import dev.onward.model.InvalidValueException;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ImageSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A search for an image: by its full URI, by a suffix of it that begins after a slash, such as
 * {@code bags:1a2b3c4}, by its digest, or by its tag.
 */
public record ImageQuery(String text) {
  private static final Pattern SCHEME = Pattern.compile("^https?://");
  private static final Pattern ALLOWED = Pattern.compile("[\\x21-\\x7e]+");

  public ImageQuery {
    if (text.length() > ImageRef.MAX_LENGTH || !ALLOWED.matcher(text).matches()) {
      throw new InvalidValueException(
          "image", text, "an image URI, its end such as name:tag, its digest or its tag");
    }
    text = withoutScheme(text);
  }

  /** The services that have the image. */
  public List<ServiceId> servicesIn(ImageSet images) {
    return images.images().entrySet().stream()
        .filter(entry -> matches(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  public boolean matches(ImageRef image) {
    String uri = withoutScheme(image.value());
    int at = uri.indexOf('@');
    if (at < 0) {
      return is(uri) || text.equals(image.shortTag());
    }
    return is(uri)
        || is(uri.substring(0, at))
        || text.equals(uri.substring(at + 1))
        || text.equals(image.shortTag());
  }

  /** A bare word is a tag, never the end of a name. */
  private boolean is(String uri) {
    boolean saysWhose = text.indexOf(':') >= 0 || text.indexOf('@') >= 0 || text.indexOf('/') >= 0;
    return saysWhose && ("/" + uri).endsWith("/" + text);
  }

  private static String withoutScheme(String uri) {
    return SCHEME.matcher(uri).replaceFirst("");
  }
}
