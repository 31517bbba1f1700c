package dev.onward.probe;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says why there was no answer. The client wraps its reasons, and often without a message. */
final class NetworkFailures {
  private NetworkFailures() {}

  static String reason(IOException failure) {
    List<Throwable> causes =
        Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
            .limit(10)
            .toList();
    if (has(causes, UnresolvedAddressException.class)) {
      return "unknown host";
    }
    Optional<Throwable> tls = first(causes, SSLException.class);
    if (tls.isPresent()) {
      return "TLS failed" + message(tls.get());
    }
    if (has(causes, ConnectException.class)) {
      return causes.stream()
          .map(Throwable::getMessage)
          .filter(message -> message != null && !message.isBlank())
          .filter(message -> !message.equals("Connection refused"))
          .reduce((outer, inner) -> inner)
          .map(message -> "cannot connect: " + Texts.excerpt(message))
          .orElse("connection refused");
    }
    return "connection lost" + message(causes.getLast());
  }

  /** The client's word for an end of the connection says less than nothing. */
  private static String message(Throwable cause) {
    return cause instanceof EOFException || cause instanceof ClosedChannelException
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
