package dev.onward.web.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.qute.TemplateExtension;
import java.net.URLEncoder;

/** What templates put into addresses. */
@TemplateExtension
final class Addresses {
  private Addresses() {}

  /** As part of a path or of a query. */
  static String urlEncoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
