package dev.onward.api;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the connections of a listener that have asked anything. Counted down by the end of the
 * channel itself, so that none is counted that has ended, however it did.
 */
final class ConnectionLimit {
  private static final AttributeKey<Boolean> COUNTED =
      AttributeKey.valueOf(ConnectionLimit.class, "counted");

  private final int most;
  private final AtomicInteger open = new AtomicInteger();

  ConnectionLimit(int most) {
    this.most = most;
  }

  /** Closes the connection of a request that is one too many. */
  boolean admits(HttpServerRequest request) {
    return !(request.connection() instanceof ConnectionBase connection)
        || admits(connection.channel());
  }

  boolean admits(Channel channel) {
    if (channel.attr(COUNTED).getAndSet(true) != null) {
      return true;
    }
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      var _ = channel.close();
      return false;
    }
    var _ = channel.closeFuture().addListener(_ -> open.decrementAndGet());
    return true;
  }
}
