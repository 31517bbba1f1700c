package dev.onward.access.http;

import dev.onward.OnwardConfig;
import dev.onward.access.AccessDeniedException;
import dev.onward.access.Caller;
import dev.onward.access.Permissions;
import dev.onward.access.Role;
import dev.onward.access.Scope;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Requester;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Turns a request into a caller, or refuses it. The one place that knows how callers are known.
 *
 * <p>That a connection comes from this machine is not enough, for a browser on it runs other
 * people's pages, and a proxy on it passes on what comes from elsewhere. A page under a name that
 * resolves to this machine (DNS rebinding) gives itself away by its Host header; a form of any page
 * but Onward's own by its Origin; and no page can send JSON without being asked first. A proxy
 * gives itself away by the headers it adds, by HTTP/1.0, or by the Origin of a page that it serves
 * under another name; one that leaves no trace at all is not seen, so the log warns of it.
 */
@ApplicationScoped
public class CallerResolver {
  static final String HEADER = "Onward-Caller";

  private static final String DEFAULT_NAME = "operator";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9 _.@+-]{1,64}");
  private static final Requester ANYBODY = new Requester("anybody", "anybody");

  private final IdentityProvider provider;
  private final RoutingContext routing;
  private final OnwardConfig.WriteAccess writes;

  /**
   * @param routing stands for that of the request that is being answered
   */
  CallerResolver(OnwardConfig config, IdentityProvider provider, RoutingContext routing) {
    this.provider = provider;
    this.routing = routing;
    this.writes = provider.writes(config);
  }

  /** Who may act at all. */
  public OnwardConfig.WriteAccess writes() {
    return writes;
  }

  /** Who wants to look; throws {@link AccessDeniedException}. */
  public Caller reader() {
    if (!provider.isConfigured()) {
      return new Caller(ANYBODY, Permissions.VIEWING);
    }
    Caller caller = known();
    caller.require(Role.VIEWER, new Scope.Anywhere());
    return caller;
  }

  /**
   * Whether whoever looks may also do something, so that a page offers it. Whether they really may
   * is asked when they do; throws {@link AccessDeniedException} as {@link #reader}.
   */
  public boolean mayDo(Role role, Scope scope) {
    return switch (writes) {
      case NONE -> false;
      case LOOPBACK -> isHere();
      case ROLES -> reader().may(role, scope);
    };
  }

  /**
   * Who looks, in words for themselves; throws {@link AccessDeniedException} as {@link #reader}.
   */
  public String looking() {
    return switch (writes) {
      case LOOPBACK -> isHere() ? DEFAULT_NAME + ", at this machine" : "reading only";
      case NONE, ROLES -> provider.isConfigured() ? reader().requester().name() : "reading only";
    };
  }

  /**
   * The id under which whoever looks would act; throws {@link AccessDeniedException} as {@link
   * #reader}.
   */
  public String lookersId() {
    return provider.isConfigured() ? reader().requester().id() : DEFAULT_NAME;
  }

  private boolean isHere() {
    RequestOrigin origin = RequestOrigin.of(routing.request());
    return origin.isFromThisMachine()
        && origin.proxySign().isEmpty()
        && origin.asksForThisMachine()
        && origin.isOfNoPageElsewhere();
  }

  /** Whether whoever looks has signed in, and can sign out. */
  public boolean isSignedIn() {
    return provider.isConfigured();
  }

  /** Who wants something done; throws {@link AccessDeniedException}. */
  public Caller actor() {
    RequestOrigin origin = RequestOrigin.of(routing.request());
    return provider.isConfigured() ? actor(writes, origin, known()) : actor(writes, origin);
  }

  /** For what needs no right; throws {@link AccessDeniedException}. */
  void refusePagesElsewhere() {
    refuseForeignPages(RequestOrigin.of(routing.request()));
  }

  /** Whoever wants something done without a provider to say who they are. */
  static Caller actor(OnwardConfig.WriteAccess writes, RequestOrigin origin) {
    return switch (writes) {
      case NONE ->
          throw AccessDeniedException.forbidden(
              "nobody may act through this API: the setting onward.api.writes is 'none'; 'loopback'"
                  + " allows it from the machine that Onward runs on, and with an identity provider"
                  + " people may act by their roles");
      case LOOPBACK -> local(origin);
      case ROLES -> throw unknown();
    };
  }

  /** A known one; what they may do is still to be asked. */
  static Caller actor(OnwardConfig.WriteAccess writes, RequestOrigin origin, Caller caller) {
    if (writes != OnwardConfig.WriteAccess.ROLES) {
      throw AccessDeniedException.forbidden(
          caller.requester(), "nobody may act here: the setting onward.api.writes is 'none'");
    }
    refuseForeignPages(origin);
    return caller;
  }

  private Caller known() {
    return AuthenticationFilter.caller(routing).orElseThrow(CallerResolver::unknown);
  }

  private static AccessDeniedException unknown() {
    return AccessDeniedException.unauthenticated("nobody knows who asks");
  }

  private static Caller local(RequestOrigin origin) {
    if (!origin.isFromThisMachine()) {
      throw AccessDeniedException.forbidden(
          "the setting onward.api.writes is 'loopback': only requests from the machine that Onward"
              + " runs on may act");
    }
    origin
        .proxySign()
        .ifPresent(
            sign -> {
              throw AccessDeniedException.forbidden(
                  "the setting onward.api.writes is 'loopback', and this request came through a"
                      + " proxy (%s), so it is not from this machine: ask Onward directly, or name an identity provider"
                          .formatted(sign));
            });
    if (!origin.asksForThisMachine()) {
      throw AccessDeniedException.forbidden(
          "the setting onward.api.writes is 'loopback': whoever acts must ask for localhost,"
              + " 127.0.0.1 or [::1]");
    }
    if (!origin.isOfNoPageElsewhere()) {
      throw AccessDeniedException.forbidden(
          "the setting onward.api.writes is 'loopback', and the page that sent this is not at"
              + " localhost, 127.0.0.1 or [::1], so it is not from this machine");
    }
    refuseForeignPages(origin);
    return new Caller(requester(origin.name().orElse(DEFAULT_NAME)), Permissions.ALL);
  }

  private static void refuseForeignPages(RequestOrigin origin) {
    if (origin.isForm() && origin.isFromOwnPage()) {
      return;
    }
    if (origin.isForm()) {
      throw AccessDeniedException.forbidden(
          "a page elsewhere sent this; only Onward's own pages may act");
    }
    if (!origin.isJson()) {
      throw AccessDeniedException.wrongContentType(
          "whoever acts must send Content-Type: application/json");
    }
  }

  /** Nobody passes for automation; and who spells their name in two ways is one person. */
  private static Requester requester(String name) {
    if (!NAME.matcher(name).matches() || name.isBlank() || Claims.isReserved(name)) {
      throw new InvalidValueException(
          "header " + HEADER,
          name,
          "1 to 64 letters, digits, spaces, '_', '.', '@', '+' or '-', and neither '%s' nor '%s'"
              .formatted(Requester.ONWARD.id(), Requester.UNKNOWN.id()));
    }
    return new Requester(name.strip().toLowerCase(Locale.ROOT), name.strip());
  }
}
