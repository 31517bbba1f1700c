package dev.onward.web.limit;

import io.netty.channel.Channel;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds the connections of a listener that have sent a request. One that is too many replaces the
 * connection that has been idle longest, so that clients that keep connections open without using
 * them shut out nobody; where every connection has a request in progress, it is closed.
 *
 * <p>A connection counts until its channel has ended, whatever ended it.
 */
final class ConnectionLimit {
  private final int most;

  /** Requests in progress by open connection, the least recently used first. */
  private final Map<Channel, Integer> open = new LinkedHashMap<>(16, 0.75f, true);

  ConnectionLimit(int most) {
    this.most = most;
  }

  /** Whether the request may go on; else its connection is closed. */
  boolean admits(RoutingContext request) {
    if (!(request.request().connection() instanceof ConnectionBase connection)) {
      return true;
    }
    Channel channel = connection.channel();
    if (!begin(channel)) {
      return false;
    }
    request.addEndHandler(_ -> end(channel));
    return true;
  }

  boolean begin(Channel channel) {
    Optional<Channel> superfluous = Optional.empty();
    synchronized (open) {
      boolean known = open.containsKey(channel);
      open.merge(channel, 1, Integer::sum);
      if (known) {
        return true;
      }
      if (open.size() > most) {
        superfluous = Optional.of(longestIdle().orElse(channel));
        superfluous.ifPresent(open::remove);
      }
    }
    superfluous.ifPresent(
        it -> {
          var _ = it.close();
        });
    // Called at once if the channel has ended already.
    var _ = channel.closeFuture().addListener(_ -> forget(channel));
    return superfluous.filter(channel::equals).isEmpty();
  }

  /** A request of the connection is answered, or its client has gone. */
  void end(Channel channel) {
    synchronized (open) {
      open.computeIfPresent(channel, (_, requests) -> requests - 1);
    }
  }

  private Optional<Channel> longestIdle() {
    return open.entrySet().stream()
        .filter(it -> it.getValue() == 0)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private void forget(Channel channel) {
    synchronized (open) {
      open.remove(channel);
    }
  }
}
