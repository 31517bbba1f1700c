package dev.onward.access;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of whoever knocks, before anything is proven.
 *
 * @param from where the connection comes from, whatever headers say
 * @param authority the name and port under which Onward was asked
 * @param contentType of the body
 * @param name as the caller gives it
 * @param origin of the page that made a browser ask
 * @param site how that page is related to Onward, as the browser says
 */
record Knock(
    Optional<InetAddress> from,
    Optional<String> authority,
    Optional<String> contentType,
    Optional<String> name,
    Optional<String> origin,
    Optional<String> site) {
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  static Knock of(HttpServerRequest request) {
    return new Knock(
        Optional.ofNullable(request.connection().remoteAddress()).flatMap(Knock::address),
        Optional.ofNullable(request.authority()).map(HostAndPort::toString),
        Optional.ofNullable(request.getHeader("Content-Type")),
        Optional.ofNullable(request.getHeader(Callers.HEADER)),
        Optional.ofNullable(request.getHeader("Origin")),
        Optional.ofNullable(request.getHeader("Sec-Fetch-Site")));
  }

  boolean isFromThisMachine() {
    return from.filter(InetAddress::isLoopbackAddress).isPresent();
  }

  /** A name that only resolves to this machine is not one of its own (DNS rebinding). */
  boolean asksForThisMachine() {
    return authority.map(Knock::host).filter(LOOPBACK_NAMES::contains).isPresent();
  }

  /** No page can send JSON elsewhere without being asked first; so it was none. */
  boolean isJson() {
    return isOfType("application/json");
  }

  boolean isForm() {
    return isOfType("application/x-www-form-urlencoded");
  }

  /**
   * Whether a page of Onward's own sends it. Every browser of these years says so itself; an older
   * one at least names the page's origin. What says neither is no page's.
   */
  boolean isFromOwnPage() {
    return site.map("same-origin"::equals)
        .orElseGet(
            () ->
                origin
                    .flatMap(Knock::authorityOf)
                    .filter(page -> authority.map(Knock::lower).filter(page::equals).isPresent())
                    .isPresent());
  }

  private boolean isOfType(String type) {
    return contentType
        .map(text -> text.split(";", 2)[0].strip())
        .filter(type::equalsIgnoreCase)
        .isPresent();
  }

  private static Optional<String> authorityOf(String origin) {
    try {
      return Optional.ofNullable(URI.create(origin).getRawAuthority()).map(Knock::lower);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String host(String authority) {
    return lower(authority).replaceFirst(":\\d+$", "");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Optional<InetAddress> address(SocketAddress socket) {
    return Optional.ofNullable(socket.hostAddress())
        .map(address -> address.replaceFirst("%.*", ""))
        .map(InetAddress::ofLiteral);
  }
}
