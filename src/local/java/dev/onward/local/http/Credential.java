package dev.onward.local.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a request says it is from: the credential scope of its Signature Version 4 header. Signatures
 * are not checked, and an unsigned request is welcome, so that plain {@code curl} works.
 */
public record Credential(String accessKeyId, String region) {

  private static final Credential ANONYMOUS = new Credential("anonymous", "eu-west-1");

  private static final Pattern SCOPE =
      Pattern.compile("Credential=(?<key>[^/,\\s]+)/\\d{8}/(?<region>[a-z0-9-]+)/");

  static Credential fromAuthorization(String header) {
    Matcher scope = SCOPE.matcher(header);
    return scope.find() ? new Credential(scope.group("key"), scope.group("region")) : ANONYMOUS;
  }
}
