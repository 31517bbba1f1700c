package dev.onward.access.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
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
 * @param proxySign what shows that a proxy passed this on, in words
 */
record RequestOrigin(
    Optional<InetAddress> from,
    Optional<String> authority,
    Optional<String> contentType,
    Optional<String> name,
    Optional<String> origin,
    Optional<String> site,
    Optional<String> proxySign) {
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  /** What proxies add, in lower case; and every {@code X-Forwarded-…}. */
  private static final Set<String> PROXY_HEADERS =
      Set.of(
          "forwarded",
          "via",
          "x-real-ip",
          "x-client-ip",
          "x-cluster-client-ip",
          "x-original-forwarded-for",
          "x-envoy-external-address",
          "true-client-ip",
          "cf-connecting-ip");

  static RequestOrigin of(HttpServerRequest request) {
    return new RequestOrigin(
        Optional.ofNullable(request.connection().remoteAddress()).flatMap(RequestOrigin::address),
        Optional.ofNullable(request.authority()).map(HostAndPort::toString),
        Optional.ofNullable(request.getHeader("Content-Type")),
        Optional.ofNullable(request.getHeader(CallerResolver.HEADER)),
        Optional.ofNullable(request.getHeader("Origin")),
        Optional.ofNullable(request.getHeader("Sec-Fetch-Site")),
        proxySign(request.headers().names(), request.version()));
  }

  /**
   * nginx speaks HTTP/1.0 to what it passes requests on to unless it is told otherwise; no browser
   * and no client of these years does.
   */
  static Optional<String> proxySign(Set<String> headers, HttpVersion version) {
    return headers.stream()
        .filter(RequestOrigin::isOfProxy)
        .min(String.CASE_INSENSITIVE_ORDER)
        .map(name -> "it has the header " + name)
        .or(
            () ->
                Optional.of("it speaks HTTP/1.0").filter(words -> version == HttpVersion.HTTP_1_0));
  }

  private static boolean isOfProxy(String header) {
    String name = lower(header);
    return PROXY_HEADERS.contains(name) || name.startsWith("x-forwarded");
  }

  boolean isFromThisMachine() {
    return from.filter(InetAddress::isLoopbackAddress).isPresent();
  }

  /** A name that only resolves to this machine is not one of its own (DNS rebinding). */
  boolean asksForThisMachine() {
    return authority.map(RequestOrigin::host).filter(LOOPBACK_NAMES::contains).isPresent();
  }

  /**
   * Whether no page sends it, or none that is known to be under another name than this machine's.
   */
  boolean isOfNoPageElsewhere() {
    return origin
        .filter(text -> !text.equals("null"))
        .map(page -> authorityOf(page).map(RequestOrigin::host).filter(LOOPBACK_NAMES::contains))
        .map(Optional::isPresent)
        .orElse(true);
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
                    .flatMap(RequestOrigin::authorityOf)
                    .filter(
                        page ->
                            authority.map(RequestOrigin::lower).filter(page::equals).isPresent())
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
      return Optional.ofNullable(URI.create(origin).getRawAuthority()).map(RequestOrigin::lower);
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
