package dev.onward.model;

import java.util.regex.Pattern;

/**
 * A container image's URI, such as {@code
 * 123456789012.dkr.ecr.eu-west-1.amazonaws.com/uk.ac/bags:1a2b3c4}.
 *
 * <p>The grammar is the distribution project's reference grammar, plus an optional {@code http://}
 * or {@code https://} in front, which the original release-tracking document uses. A bare word
 * without namespace, tag or digest is refused: it is far more often a mistake than an image. Images
 * are compared as text and never fetched.
 */
public record ImageRef(String value) implements Comparable<ImageRef> {
  /** A standard SSM parameter holds 4 KB. */
  public static final int MAX_LENGTH = 4096;

  private static final String COMPONENT = "[a-z0-9]++(?:[._-]++[a-z0-9]++)*+";
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?:https?://)?(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*+)(?::[0-9]{1,5})?/)?"
              + COMPONENT
              + "(?:/"
              + COMPONENT
              + ")*+(?<tag>:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?<digest>@[a-z0-9+._-]+:[0-9a-fA-F]{32,})?");

  public ImageRef {
    var matcher = GRAMMAR.matcher(value);
    if (value.length() > MAX_LENGTH
        || !matcher.matches()
        || (value.indexOf('/') < 0
            && matcher.group("tag") == null
            && matcher.group("digest") == null)) {
      throw new InvalidValueException(
          "image", value, "an image reference such as host/namespace/name:tag");
    }
  }

  /** The tag, else the digest, else the last path segment: what tells two builds apart. */
  public String shortTag() {
    int digest = value.indexOf('@');
    String name = digest < 0 ? value : value.substring(0, digest);
    String last = name.substring(name.lastIndexOf('/') + 1);
    int tag = last.indexOf(':');
    if (tag >= 0) {
      return last.substring(tag + 1);
    }
    return digest >= 0 ? value.substring(digest + 1) : last;
  }

  @Override
  public int compareTo(ImageRef other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
