package dev.onward.model.release;

import dev.onward.model.InvalidValueException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A container image's URI, such as {@code
 * 123456789012.dkr.ecr.eu-west-1.amazonaws.com/uk.ac/bags:1a2b3c4}.
 *
 * <p>The grammar is the distribution project's reference grammar, with its rule that the first part
 * is a host only if it has a dot or a port, is {@code localhost} or an IPv6 address in brackets: so
 * {@code Org/name:1} is a repository's name with a capital letter, which none may have. An {@code
 * http://} or {@code https://} may stand in front, as the original release-tracking document has
 * it. A bare word without namespace, tag or digest is refused: it is far more often a mistake than
 * an image. Images are compared as text and never fetched.
 */
public record ImageRef(String value) implements Comparable<ImageRef> {
  /** A standard SSM parameter holds 4 KB. */
  public static final int MAX_LENGTH = 4096;

  /** Of the repository's name, without the host. */
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

  /** Tags that by custom are given to one build after another. */
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
   * Whether it is by custom another image from one day to the next, such as {@code :latest}. Such a
   * reference is an image like any other, but a release does not freeze what is behind it.
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
