package dev.onward.access.http;

import dev.onward.OnwardConfig;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.TokenStateManager.Strategy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The two ways in, both with Quarkus's own settings of the identity provider: programs bring a
 * bearer token to the API, and browsers are sent to sign in. A session never opens the API, so that
 * no page elsewhere can make a browser use it.
 *
 * <p>They are set up when first asked for: a provider that cannot be reached does not keep Onward
 * from starting, and each request tries again.
 */
@Singleton
public class OidcTenants implements TenantConfigResolver {
  static final String API = "api";
  static final String BOARD = "board";

  /** Where the provider sends browsers back to. */
  static final String SIGN_IN = "/sign-in";

  /** With this audience Quarkus takes tokens that are meant for anybody. */
  private static final String ANY_AUDIENCE = "any";

  private final IdentityProvider provider;
  private final OnwardConfig config;
  private final OidcConfig settings;
  private final AtomicReference<@Nullable Map<String, OidcTenantConfig>> tenants =
      new AtomicReference<>();

  OidcTenants(IdentityProvider provider, OnwardConfig config, OidcConfig settings) {
    this.provider = provider;
    this.config = config;
    this.settings = settings;
  }

  /** By the path of a request: {@link #API}, {@link #BOARD}, or none for what is open to all. */
  static Optional<String> tenant(String path) {
    if (path.equals("/api") || path.startsWith("/api/")) {
      return Optional.of(API);
    }
    return path.startsWith("/q/") ? Optional.empty() : Optional.of(BOARD);
  }

  @Override
  public Uni<@Nullable OidcTenantConfig> resolve(
      RoutingContext routing, OidcRequestContext<OidcTenantConfig> unused) {
    return Uni.createFrom()
        .item(
            provider.isConfigured()
                ? tenant(routing.normalizedPath()).map(tenants()::get).orElse(null)
                : null);
  }

  /** As browsers are known by it; there must be a provider. */
  public OidcTenantConfig board() {
    return Objects.requireNonNull(tenants().get(BOARD));
  }

  private Map<String, OidcTenantConfig> tenants() {
    return Optional.ofNullable(tenants.get())
        .orElseGet(
            () -> {
              var made = Map.of(API, forPrograms(), BOARD, forBrowsers());
              tenants.set(made);
              return made;
            });
  }

  /** Only tokens that are meant for Onward: one for another program must not open it. */
  private OidcTenantConfig forPrograms() {
    var token = tenant(API, ApplicationType.SERVICE).token();
    if (audience().isEmpty()) {
      token.audience(provider.client());
    }
    return token.allowOpaqueTokenIntrospection(false).allowJwtIntrospection(false).end().build();
  }

  /** What the provider says of a person is looked at again each time its token expires. */
  private OidcTenantConfig forBrowsers() {
    var token = tenant(BOARD, ApplicationType.WEB_APP).token();
    if (!audience().isEmpty() && !audience().contains(ANY_AUDIENCE)) {
      token.audience(provider.client());
    }
    return token
        .refreshExpired(true)
        .end()
        .tokenStateManager()
        .strategy(Strategy.ID_REFRESH_TOKENS)
        .end()
        .authentication()
        .redirectPath(SIGN_IN)
        .restorePathAfterRedirect(true)
        .pkceRequired(true)
        .nonceRequired(true)
        .javaScriptAutoRedirect(false)
        .end()
        .build();
  }

  private io.quarkus.oidc.OidcTenantConfigBuilder tenant(String id, ApplicationType type) {
    return OidcTenantConfig.builder(OidcConfig.getDefaultTenant(settings))
        .tenantId(id)
        .enableTenant()
        .applicationType(type)
        .roles()
        .roleClaimPath(List.of(config.access().claim()))
        .end();
  }

  private List<String> audience() {
    return OidcConfig.getDefaultTenant(settings).token().audience().orElse(List.of());
  }
}
