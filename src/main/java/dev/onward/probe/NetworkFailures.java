package dev.onward.probe;

import dev.onward.probe.HostResolver.RefusedException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpClosedException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Explains why there was no response. The client wraps its causes, often without a message. */
final class NetworkFailures {
  private NetworkFailures() {}

  static String reason(Throwable failure) {
    List<Throwable> causes =
        Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
            .limit(10)
            .toList();
    Optional<String> refused = first(causes, RefusedException.class).map(Throwable::getMessage);
    if (refused.isPresent()) {
      return refused.get();
    }
    if (has(causes, UnknownHostException.class)) {
      return "unknown host";
    }
    Optional<Throwable> tls = first(causes, SSLException.class);
    if (tls.isPresent()) {
      return "TLS failed" + message(tls.get());
    }
    if (has(causes, ConnectTimeoutException.class)) {
      return "cannot connect: no response";
    }
    if (has(causes, ConnectException.class)) {
      return causes.stream()
          .map(Throwable::getMessage)
          .filter(message -> message != null && !message.isBlank())
          .filter(message -> !message.startsWith("Connection refused"))
          .reduce((outer, inner) -> inner)
          .map(message -> "cannot connect: " + Texts.excerpt(message))
          .orElse("connection refused");
    }
    if (has(causes, TooLongHttpHeaderException.class)
        || has(causes, TooLongHttpLineException.class)) {
      return "the response headers are too long";
    }
    // The decoder's message describes what it could not parse.
    if (has(causes, DecoderException.class) || has(causes, IllegalArgumentException.class)) {
      return "the response is not HTTP" + message(causes.getLast());
    }
    return "connection lost" + message(causes.getLast());
  }

  /** The client's message for a closed connection is uninformative. */
  private static String message(Throwable cause) {
    return cause instanceof EOFException
            || cause instanceof ClosedChannelException
            || cause instanceof HttpClosedException
        ? ""
        : Optional.ofNullable(cause.getMessage()).map(m -> ": " + Texts.excerpt(m)).orElse("");
  }

  private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
    return first(causes, type).isPresent();
  }

  private static Optional<Throwable> first(
      List<Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().filter(type::isInstance).findFirst();
  }
}
