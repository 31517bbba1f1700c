package dev.onward.web.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request as nobody means it.
 *
 * @param path as it is sent, with its query
 */
public record MalformedRequest(
    String method, String path, Map<String, String> headers, Optional<String> body) {
  public MalformedRequest {
    headers = new LinkedHashMap<>(headers);
  }

  @Override
  public String toString() {
    return "%s %s %s %s"
        .formatted(
            method,
            shortened(path),
            headers,
            body.map(MalformedRequest::shortened).orElse("without a body"));
  }

  private static String shortened(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "… (" + text.length() + ")";
  }
}
