package dev.onward.local.http;

import java.util.Map;

/**
 * What goes back to a caller. The front adds {@code Date} and {@code x-amzn-RequestId}, unless they
 * are there.
 *
 * @param body never empty: every AWS protocol answers with a document
 */
public record AwsResponse(
    int status, String contentType, Map<String, String> headers, String body) {

  public AwsResponse {
    headers = Map.copyOf(headers);
  }
}
