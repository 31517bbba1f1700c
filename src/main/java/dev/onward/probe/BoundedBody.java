package dev.onward.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** Reads a response body up to a limit. */
final class BoundedBody {
  /** 64 KiB: enough for a health report or a query result. */
  static final int LIMIT = 64 * 1024;

  private BoundedBody() {}

  /** Must be called on the thread that received the response. */
  static Future<Body> of(HttpClientResponse answer) {
    Promise<Body> whole = Promise.promise();
    Buffer bytes = Buffer.buffer();
    answer
        .exceptionHandler(whole::tryFail)
        .endHandler(end -> whole.tryComplete(new Body(bytes.toString(UTF_8), false)))
        .handler(
            part -> {
              if (bytes.length() + part.length() > LIMIT) {
                whole.tryComplete(new Body("", true));
              } else {
                bytes.appendBuffer(part);
              }
            });
    return whole.future();
  }
}
