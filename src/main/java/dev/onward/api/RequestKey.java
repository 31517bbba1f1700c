package dev.onward.api;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * The key that makes sure that a request is done once, however often it is sent. Programs send it
 * as a header; a form, which cannot, has it as a field.
 */
public final class RequestKey {
  private static final String GIVEN = RequestKey.class.getName();

  private RequestKey() {}

  /** Gives the request the key that its form has. */
  public static void give(RoutingContext request, String key) {
    request.put(GIVEN, key);
  }

  static Optional<String> of(RoutingContext request) {
    return request.request().headers().contains(KeyedRequest.HEADER)
        ? Optional.of(String.join(", ", request.request().headers().getAll(KeyedRequest.HEADER)))
        : Optional.ofNullable(request.get(GIVEN));
  }
}
