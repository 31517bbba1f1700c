package dev.onward.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A {@link TestIdentityProvider} for {@code @QuarkusTest}s, injected into their field of it. */
public final class ProviderResource implements QuarkusTestResourceLifecycleManager {
  private final TestIdentityProvider provider = new TestIdentityProvider();

  /** With the argument {@code reachable=false} it cannot be reached yet when Onward starts. */
  @Override
  public void init(Map<String, String> arguments) {
    if (arguments.getOrDefault("reachable", "true").equals("false")) {
      provider.cannotBeReached();
    }
  }

  @Override
  public Map<String, String> start() {
    return Map.of(
        "quarkus.oidc.auth-server-url",
        provider.address().toString(),
        "quarkus.oidc.client-id",
        TestIdentityProvider.CLIENT,
        "quarkus.oidc.credentials.secret",
        TestIdentityProvider.SECRET);
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(provider, new TestInjector.MatchesType(TestIdentityProvider.class));
  }

  @Override
  public void stop() {
    provider.close();
  }
}
