package dev.onward.web.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * The key that makes sure that a request is done once, however often it is sent. Programs send it
 * as a header; a form, which cannot, has it as a field.
 */
public final class IdempotencyKey {
  private static final String GIVEN = IdempotencyKey.class.getName();

  private IdempotencyKey() {}

  /** Gives the request the key that its form has. */
  public static void give(RoutingContext request, String key) {
    request.put(GIVEN, key);
  }

  public static Optional<String> of(RoutingContext request) {
    return request.request().headers().contains(IdempotentRequest.HEADER)
        ? Optional.of(
            String.join(", ", request.request().headers().getAll(IdempotentRequest.HEADER)))
        : Optional.ofNullable(request.get(GIVEN));
  }
}
