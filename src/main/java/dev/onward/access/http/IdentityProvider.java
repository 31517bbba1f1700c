package dev.onward.access.http;

import dev.onward.OnwardConfig;
import dev.onward.OnwardConfig.WriteAccess;
import dev.onward.access.RoleGrantsReader;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Whether there is somebody who says who people are, and what is wrong with the settings of it.
 * Naming the provider is all that turns it on.
 *
 * @see OidcTenants
 */
@Singleton
public class IdentityProvider {
  private static final String URL = "quarkus.oidc.auth-server-url";
  private static final String CLIENT = "quarkus.oidc.client-id";

  private final Optional<String> url;
  private final Optional<String> client;

  public IdentityProvider(
      @ConfigProperty(name = URL) Optional<String> url,
      @ConfigProperty(name = CLIENT) Optional<String> client) {
    this.url = url.filter(text -> !text.isBlank());
    this.client = client.filter(text -> !text.isBlank());
  }

  boolean isConfigured() {
    return url.isPresent();
  }

  /** For people. */
  String name() {
    return url.orElse("none");
  }

  String client() {
    return client.orElseThrow();
  }

  /** Who may act, if nothing says so: where people are known, it is by their roles. */
  public WriteAccess writes(OnwardConfig config) {
    return config.api().writes().orElse(isConfigured() ? WriteAccess.ROLES : WriteAccess.NONE);
  }

  /** Each names the property, what was found and what is allowed. */
  public List<String> problems(OnwardConfig config) {
    var problems = new ArrayList<String>();
    if (isConfigured() && client.isEmpty()) {
      problems.add(
          "%s: found nothing; allowed: the id under which the identity provider %s knows Onward"
              .formatted(CLIENT, name()));
    }
    WriteAccess writes = writes(config);
    if (isConfigured() && writes == WriteAccess.LOOPBACK) {
      problems.add(
          "onward.api.writes: found loopback; allowed: roles or none, because %s names an identity"
                  .formatted(URL)
              + " provider, and whoever is at this machine would pass it by");
    }
    if (!isConfigured() && writes == WriteAccess.ROLES) {
      problems.add(
          "onward.api.writes: found roles; allowed: none or loopback, because no identity provider"
              + " says who has which role; name one in "
              + URL);
    }
    problems.addAll(RoleGrantsReader.problems(config.access()));
    return List.copyOf(problems);
  }
}
