package dev.onward.api;

import dev.onward.OnwardConfig;
import dev.onward.model.Requester;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response.Status;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns a request that wants something done into a caller, or refuses it. The one place that knows
 * how callers are known: an identity provider's will be told apart here.
 *
 * <p>That a connection comes from this machine is not enough, for a browser on it runs other
 * people's pages. A page under a name that resolves to this machine (DNS rebinding) gives itself
 * away by its Host header; a form of any page cannot send JSON as such without being asked first.
 */
@ApplicationScoped
class Callers {
  static final String HEADER = "Onward-Caller";

  private static final String DEFAULT_NAME = "operator";
  private static final String JSON = "application/json";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9 _.@+-]{1,64}");
  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final OnwardConfig config;
  private final RoutingContext routing;

  /**
   * @param routing stands for that of the request that is being answered
   */
  Callers(OnwardConfig config, RoutingContext routing) {
    this.config = config;
    this.routing = routing;
  }

  /** The caller of the request that is being answered; throws {@link RefusedRequest}. */
  Caller admit() {
    return admit(config.api().acting(), Knock.of(routing.request()));
  }

  /**
   * What is known of whoever knocks.
   *
   * @param from where the connection comes from, whatever headers say
   * @param host the name under which Onward was asked, without a port
   */
  record Knock(
      Optional<InetAddress> from,
      Optional<String> host,
      Optional<String> contentType,
      Optional<String> name) {

    private static Knock of(HttpServerRequest request) {
      return new Knock(
          Optional.ofNullable(request.connection().remoteAddress()).flatMap(Knock::address),
          Optional.ofNullable(request.authority()).map(HostAndPort::host),
          Optional.ofNullable(request.getHeader("Content-Type")),
          Optional.ofNullable(request.getHeader(HEADER)));
    }

    private static Optional<InetAddress> address(SocketAddress socket) {
      return Optional.ofNullable(socket.hostAddress())
          .map(address -> address.replaceFirst("%.*", ""))
          .map(InetAddress::ofLiteral);
    }
  }

  static Caller admit(OnwardConfig.Acting acting, Knock knock) {
    return switch (acting) {
      case NONE ->
          throw forbidden(
              "nobody may act through this API: the setting onward.api.acting is 'none'; 'loopback'"
                  + " allows it from the machine that Onward runs on");
      case LOOPBACK -> local(knock);
    };
  }

  private static Caller local(Knock knock) {
    if (knock.from().filter(InetAddress::isLoopbackAddress).isEmpty()) {
      throw forbidden(
          "the setting onward.api.acting is 'loopback': only requests from the machine that Onward"
              + " runs on may act");
    }
    if (knock
        .host()
        .map(h -> h.toLowerCase(Locale.ROOT))
        .filter(LOOPBACK_NAMES::contains)
        .isEmpty()) {
      throw forbidden(
          "the setting onward.api.acting is 'loopback': whoever acts must ask for localhost,"
              + " 127.0.0.1 or [::1]");
    }
    if (knock.contentType().filter(Callers::isJson).isEmpty()) {
      throw new RefusedRequest(
          Status.UNSUPPORTED_MEDIA_TYPE, "whoever acts must send Content-Type: " + JSON);
    }
    return new Caller(requester(knock.name().orElse(DEFAULT_NAME)));
  }

  /** Nobody passes for automation; and who spells their name in two ways is one person. */
  private static Requester requester(String name) {
    if (!NAME.matcher(name).matches()
        || name.isBlank()
        || name.strip().equalsIgnoreCase(Requester.ONWARD.id())) {
      throw RefusedRequest.invalid(
          new FieldError(
              "header " + HEADER,
              name,
              "1 to 64 letters, digits, spaces, '_', '.', '@', '+' or '-', and not '%s'"
                  .formatted(Requester.ONWARD.id())));
    }
    return new Requester(name.strip().toLowerCase(Locale.ROOT), name.strip());
  }

  private static boolean isJson(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().equalsIgnoreCase(JSON);
  }

  private static RefusedRequest forbidden(String detail) {
    return new RefusedRequest(Status.FORBIDDEN, detail);
  }
}
