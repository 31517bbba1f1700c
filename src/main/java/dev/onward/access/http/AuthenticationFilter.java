package dev.onward.access.http;

import dev.onward.OnwardConfig;
import dev.onward.access.AccessDeniedException;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.access.RoleGrants;
import dev.onward.access.RoleGrantsReader;
import dev.onward.access.Scope;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks before any resource is reached, so that none can be reached by nobody. Only
 * where an identity provider is configured, and only for what has resources: health, metrics and
 * files of the board are open, and a wrong token does not shut them.
 *
 * <p>Filters are made before there are settings, so this must have a scope that makes it later.
 */
@ApplicationScoped
class AuthenticationFilter {
  /** The attribute in which Quarkus says which of {@link OidcTenants} knows the caller. */
  private static final String TENANT = "tenant-id";

  private static final String UNREADABLE =
      "the session cookies of this browser cannot be read, and are removed; open the page again to"
          + " sign in";

  private static final String CALLER = Caller.class.getName();
  private static final Set<String> OPEN = Set.of(SessionResource.SIGNED_OUT);

  private final IdentityProvider provider;
  private final ProviderAvailability reach;
  private final BrowserCookies cookies;
  private final OnwardConfig config;
  private final RoleGrants grants;
  private final CurrentVertxRequest current;
  private final IdentityProviderManager identities;

  AuthenticationFilter(
      IdentityProvider provider,
      ProviderAvailability reach,
      BrowserCookies cookies,
      OnwardConfig config,
      CurrentVertxRequest current,
      IdentityProviderManager identities) {
    this.provider = provider;
    this.reach = reach;
    this.cookies = cookies;
    this.config = config;
    this.grants = RoleGrantsReader.read(config.access());
    this.current = current;
    this.identities = identities;
  }

  /** Whom {@link #identify} has found. */
  static Optional<Caller> caller(RoutingContext routing) {
    return Optional.ofNullable(routing.get(CALLER));
  }

  /**
   * Null goes on to the resource. The path is the one by which the resource was chosen; that of the
   * request may be spelt in another way.
   */
  @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
  @Nullable Uni<@Nullable Response> identify(UriInfo uri) {
    String path = uri.getPath();
    if (!provider.isConfigured() || OPEN.contains(path)) {
      return null;
    }
    String tenant = OidcTenants.tenant(path).orElse(OidcTenants.API);
    RoutingContext routing = current.getCurrent();
    return Uni.createFrom()
        .<@Nullable SecurityIdentity>deferred(() -> identity(path, routing))
        .onFailure(failure -> isBoard(tenant) && ProviderAvailability.isUnreadableSession(failure))
        .transform(failure -> unreadable(routing))
        .onFailure(failure -> isBoard(tenant) && mayStillSignIn(failure))
        .recoverWithItem(failure -> null)
        .chain(
            identity ->
                isSomebody(identity)
                    ? remember(identity, path, tenant, routing)
                    : whoAreYou(tenant, routing))
        .onFailure()
        .transform(failure -> reach.explain(failure, tenant));
  }

  private static boolean isBoard(String tenant) {
    return tenant.equals(OidcTenants.BOARD);
  }

  private Uni<SecurityIdentity> identity(String path, RoutingContext routing) {
    if (path.equals(OidcTenants.SIGN_IN)) {
      cookies
          .problemOfReturn(routing)
          .ifPresent(
              problem -> {
                throw AccessDeniedException.unauthenticated(problem);
              });
    }
    return QuarkusHttpUser.getSecurityIdentity(routing, identities);
  }

  /** A session that has come to its end is no reason to turn a person away. */
  private static boolean mayStillSignIn(Throwable failure) {
    return failure instanceof AuthenticationFailedException
        && !ProviderAvailability.isUnreachable(failure);
  }

  /** What cannot be read now could not be read after signing in, either. */
  private AccessDeniedException unreadable(RoutingContext routing) {
    cookies.endSession(routing);
    return AccessDeniedException.unauthenticated(UNREADABLE);
  }

  private static boolean isSomebody(@Nullable SecurityIdentity identity) {
    return identity != null && !identity.isAnonymous();
  }

  /** A browser is sent to sign in; a program must say who it is. */
  private Uni<@Nullable Response> whoAreYou(String tenant, RoutingContext routing) {
    if (tenant.equals(OidcTenants.API)) {
      throw AccessDeniedException.unauthenticated(
          "who asks must say who they are: send Authorization: Bearer with a token of the identity"
              + " provider "
              + provider.name());
    }
    HttpAuthenticator authenticator = routing.get(HttpAuthenticator.class.getName());
    return authenticator
        .getChallenge(routing)
        .invoke(reach::regained)
        .map(
            challenge ->
                Response.status(challenge.status)
                    .header(challenge.headerName.toString(), challenge.headerContent)
                    .build());
  }

  /** Whoever has no role at all gets no further, whatever a resource forgets to ask. */
  private Uni<@Nullable Response> remember(
      SecurityIdentity identity, String path, String tenant, RoutingContext routing) {
    reach.regained();
    if (!tenant.equals(identity.getAttribute(TENANT))) {
      throw AccessDeniedException.unauthenticated("this is no way to ask for this path");
    }
    var requester = Claims.requester(claim -> claim(identity, claim), config.access().idClaim());
    var caller = new Caller(requester, grants.of(identity.getRoles()));
    if (!path.equals(SessionResource.SIGN_OUT)) {
      caller.require(Role.VIEWER, new Scope.Anywhere());
    }
    routing.put(CALLER, caller);
    return Uni.createFrom().nullItem();
  }

  private static Optional<String> claim(SecurityIdentity identity, String name) {
    return identity.getPrincipal() instanceof JsonWebToken token
        ? token.<Object>claim(name).filter(String.class::isInstance).map(String.class::cast)
        : Optional.empty();
  }
}
