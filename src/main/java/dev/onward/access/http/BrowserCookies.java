package dev.onward.access.http;

import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.Authentication.ResponseMode;
import io.quarkus.oidc.runtime.OidcUtils;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookies with which Quarkus remembers a browser: that of its session, and that of a sign-in
 * under way. Everybody can send any.
 */
@Singleton
class BrowserCookies {
  private static final List<String> SESSION =
      List.of(
          OidcUtils.SESSION_COOKIE_NAME,
          OidcUtils.SESSION_AT_COOKIE_NAME,
          OidcUtils.SESSION_RT_COOKIE_NAME);

  /** After the state: what Quarkus has sealed, which nobody else can read or make. */
  private static final Pattern SEALED = Pattern.compile("\\|[\\w-]+(\\.[\\w-]*){4}");

  private static final String AGAIN = "; open the page again to sign in";

  private final OidcTenants tenants;

  BrowserCookies(OidcTenants tenants) {
    this.tenants = tenants;
  }

  /** Has the browser forget its session. Another program's on the same host stays. */
  public void endSession(RoutingContext routing) {
    OidcTenantConfig board = tenants.board();
    String suffix = OidcUtils.getCookieSuffix(board);
    routing.request().cookies().stream()
        .map(Cookie::getName)
        .filter(name -> SESSION.stream().anyMatch(kind -> name.startsWith(kind + suffix)))
        .distinct()
        .forEach(name -> OidcUtils.removeCookie(routing, board, name));
  }

  /**
   * What is wrong with a browser's return from the provider, as far as it can be told without the
   * key. Quarkus would log an error for each of these.
   */
  public Optional<String> problemOfReturn(RoutingContext routing) {
    OidcTenantConfig board = tenants.board();
    if (board.authentication().responseMode().filter(ResponseMode.FORM_POST::equals).isPresent()) {
      return Optional.empty();
    }
    List<String> states = routing.queryParam("state");
    if (states.size() != 1) {
      return Optional.of("signing in returns with one state, found " + states.size() + AGAIN);
    }
    String state = states.getFirst();
    String name = stateCookie(board, state);
    Optional<Cookie> cookie = Optional.ofNullable(routing.request().getCookie(name));
    Optional<String> problem =
        cookie.isPresent()
            ? problem(cookie.get().getValue(), state, routing)
            : Optional.of("this browser has begun no sign-in with this state" + AGAIN);
    problem.ifPresent(it -> OidcUtils.removeCookie(routing, board, name));
    return problem;
  }

  private static Optional<String> problem(String cookie, String state, RoutingContext routing) {
    if (!cookie.startsWith(state) || !SEALED.matcher(cookie.substring(state.length())).matches()) {
      return Optional.of("the cookie of this sign-in cannot be read, and is removed" + AGAIN);
    }
    if (routing.queryParam("code").isEmpty()) {
      return Optional.of("the identity provider did not let this sign-in come to its end" + AGAIN);
    }
    return Optional.empty();
  }

  private static String stateCookie(OidcTenantConfig board, String state) {
    return OidcUtils.STATE_COOKIE_NAME
        + OidcUtils.getCookieSuffix(board)
        + (board.authentication().allowMultipleCodeFlows() ? "_" + state : "");
  }
}
