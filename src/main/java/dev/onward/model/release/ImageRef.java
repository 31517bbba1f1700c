package dev.onward.model.release;

import dev.onward.model.InvalidValueException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A container image's URI, such as {@code
 * 123456789012.dkr.ecr.eu-west-1.amazonaws.com/uk.ac/bags:1a2b3c4}.
 *
 * <p>The grammar is the distribution project's reference grammar, with its rule that the first
 * component is a host only if it contains a dot or a port, is {@code localhost}, or is an IPv6
 * address in brackets: {@code Org/name:1} is therefore a repository name with an upper-case letter,
 * which is not allowed. A leading {@code http://} or {@code https://} is accepted, as in the
 * original release-tracking document. A bare name without namespace, tag or digest is rejected: it
 * is far more often a mistake than an image. Images are compared as text and never fetched.
 */
public record ImageRef(String value) implements Comparable<ImageRef> {
  /** A standard SSM parameter holds 4 KB. */
  public static final int MAX_LENGTH = 4096;

  /** Limit of the repository name, without the host. */
  private static final int LONGEST_NAME = 255;

  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
  private static final String PORT = ":[0-9]{1,5}";
  private static final String HOST =
      "(?:%1$s(?:\\.%1$s)++(?:%2$s)?|(?:localhost|%1$s(?=:))(?:%2$s)?|\\[[0-9a-fA-F:]++\\](?:%2$s)?)"
          .formatted(LABEL, PORT);
  private static final String COMPONENT = "[a-z0-9]++(?:(?:[._]|__|-++)[a-z0-9]++)*+";
  private static final String ALGORITHM = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*";
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?:https?://)?(?:%s/)?(?<name>%s(?:/%s)*+)".formatted(HOST, COMPONENT, COMPONENT)
              + "(?<tag>:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?"
              + "(?<digest>@%s:[0-9a-fA-F]{32,})?".formatted(ALGORITHM));

  /** Tags that are conventionally moved from one build to the next. */
  private static final Set<String> MOVING_TAGS =
      Set.of(
          "latest",
          "stable",
          "edge",
          "nightly",
          "main",
          "master",
          "trunk",
          "dev",
          "develop",
          "development",
          "test",
          "stage",
          "staging",
          "prod",
          "production",
          "live");

  public ImageRef {
    var matcher = GRAMMAR.matcher(value);
    if (value.length() > MAX_LENGTH
        || !matcher.matches()
        || matcher.group("name").length() > LONGEST_NAME
        || (value.indexOf('/') < 0
            && matcher.group("tag") == null
            && matcher.group("digest") == null)) {
      throw new InvalidValueException(
          "image", value, "an image reference such as host/namespace/name:tag");
    }
  }

  /**
   * Whether the reference conventionally points to a different image over time, such as {@code
   * :latest}. Such a reference is accepted, but a release does not freeze the image behind it.
   */
  public boolean moves() {
    if (value.indexOf('@') >= 0) {
      return false;
    }
    String last = value.substring(value.lastIndexOf('/') + 1);
    int tag = last.indexOf(':');
    return tag < 0
        ? !value.startsWith("http")
        : MOVING_TAGS.contains(last.substring(tag + 1).toLowerCase(Locale.ROOT));
  }

  /** The tag, else the digest, else the last path segment: the part that distinguishes builds. */
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
