package dev.onward.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.OnwardConfig.WriteAccess;
import dev.onward.testing.Settings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityProviderTest {
  private static final IdentityProvider NONE =
      new IdentityProvider(Optional.empty(), Optional.of("onward"));
  private static final IdentityProvider CONFIGURED =
      new IdentityProvider(Optional.of("https://id.example.org"), Optional.of("onward"));
  private static final String ACTING = "onward.api.writes";

  @Test
  void namingAProviderIsAllThatTurnsItOn() {
    assertThat(NONE.writes(Settings.of())).isEqualTo(WriteAccess.NONE);
    assertThat(CONFIGURED.writes(Settings.of())).isEqualTo(WriteAccess.ROLES);
    assertThat(CONFIGURED.problems(Settings.of())).isEmpty();
    assertThat(NONE.problems(Settings.of())).isEmpty();
  }

  @Test
  void withAProviderNobodyIsLetByForBeingHere() {
    assertThat(CONFIGURED.problems(Settings.of(ACTING, "loopback")))
        .singleElement()
        .asString()
        .startsWith("onward.api.writes: found loopback; allowed: roles or none");
    assertThat(NONE.problems(Settings.of(ACTING, "loopback"))).isEmpty();
  }

  @Test
  void withAProviderItMayStillBeThatNobodyActs() {
    assertThat(CONFIGURED.problems(Settings.of(ACTING, "none"))).isEmpty();
    assertThat(CONFIGURED.writes(Settings.of(ACTING, "none"))).isEqualTo(WriteAccess.NONE);
  }

  @Test
  void thereAreNoRolesWithoutAProvider() {
    assertThat(problems(NONE, ACTING, "roles"))
        .singleElement()
        .asString()
        .startsWith("onward.api.writes: found roles; allowed: none or loopback");
  }

  @Test
  void aProviderMustKnowOnward() {
    var provider = new IdentityProvider(Optional.of("https://id.example.org"), Optional.empty());
    assertThat(problems(provider))
        .containsExactly(
            "quarkus.oidc.client-id: found nothing; allowed: the id under which the identity"
                + " provider https://id.example.org knows Onward");
  }

  @Test
  void theStartSaysWhoMayAct() {
    assertThat(AccessModeLog.sentence(Settings.of(), NONE))
        .isEqualTo(
            "Only reading is served, to everybody: no identity provider is configured"
                + " (quarkus.oidc.auth-server-url)");
    assertThat(AccessModeLog.sentence(Settings.of(ACTING, "loopback"), NONE))
        .contains("this machine");
    assertThat(AccessModeLog.sentence(Settings.of(), CONFIGURED))
        .contains("https://id.example.org");
    assertThat(AccessModeLog.sentence(Settings.of(ACTING, "none"), CONFIGURED))
        .contains("Only reading", "https://id.example.org");
  }

  private static List<String> problems(IdentityProvider provider, String... settings) {
    return provider.problems(Settings.of(settings));
  }
}
