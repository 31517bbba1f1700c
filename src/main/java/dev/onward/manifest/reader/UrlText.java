package dev.onward.manifest.reader;

import dev.onward.model.InvalidValueException;
import dev.onward.policy.MetadataAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Addresses that Onward looks at by itself, as manifests write them. */
final class UrlText {
  static final String ALLOWED = "an http or https address such as https://stage.example.org/health";

  private static final String NO_SECRETS =
      "an address without a user name or password: a manifest is no place for secrets";
  private static final String NO_FRAGMENT = "an address without a fragment (#…)";
  private static final String NO_QUERY = "the address of a Prometheus server, without a query (?…)";
  private static final String NO_METADATA =
      "an address that is neither link-local nor an instance's metadata";

  private static final int LONGEST = 2000;
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

  /** A host that some resolver takes for an address: in brackets, or with a number at its end. */
  private static final Pattern NUMERIC =
      Pattern.compile("\\[.*]|(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

  private UrlText() {}

  static URI parse(String text) {
    URI url = uri(text);
    if (url.getRawUserInfo() != null) {
      throw invalid(text, NO_SECRETS);
    }
    String host = url.getHost();
    if (host == null
        || !SCHEMES.contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT))
        || url.getPort() == 0
        || url.getPort() > 65_535) {
      throw invalid(text, ALLOWED);
    }
    if (url.getRawFragment() != null) {
      throw invalid(text, NO_FRAGMENT);
    }
    if (isMetadata(text, host)) {
      throw invalid(text, NO_METADATA);
    }
    return url;
  }

  /** To which paths can be added. */
  static URI server(String text) {
    URI url = parse(text);
    if (url.getRawQuery() != null) {
      throw invalid(text, NO_QUERY);
    }
    return url;
  }

  private static URI uri(String text) {
    if (text.length() > LONGEST || !ASCII.matcher(text).matches()) {
      throw invalid(text, ALLOWED);
    }
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw invalid(text, ALLOWED);
    }
  }

  /**
   * Where a machine's own credentials can be had. Only what is written there is looked at; where a
   * name leads is looked at when it is called.
   */
  private static boolean isMetadata(String text, String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("instance-data") || name.startsWith("instance-data.")) {
      return true;
    }
    if (!NUMERIC.matcher(host).matches()) {
      return false;
    }
    InetAddress address = address(host).orElseThrow(() -> invalid(text, ALLOWED));
    return MetadataAddress.is(address);
  }

  private static Optional<InetAddress> address(String literal) {
    try {
      return Optional.of(InetAddress.ofLiteral(literal));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static InvalidValueException invalid(String text, String allowed) {
    return new InvalidValueException("address", text, allowed);
  }
}
