package dev.onward.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class OidcLogFilterTest {
  private static final String CODE_FLOW = "io.quarkus.oidc.runtime.CodeAuthenticationMechanism";
  private static final String CLIENT = "io.quarkus.oidc.runtime.OidcProviderClientImpl";

  @Test
  void whatAnybodyCanCauseIsNotLogged() {
    assertThat(
            isLogged(
                CODE_FLOW,
                "State cookie value for the board tenant can not be decrypted: Invalid JWE header"))
        .isFalse();
    assertThat(
            isLogged(
                CLIENT,
                "Request http://localhost/token has failed: status: 400, error message:"
                    + " {\"error\":\"invalid_grant\"}"))
        .isFalse();
    assertThat(
            isLogged(
                CODE_FLOW,
                "Exception during the code to token exchange: {\"error\":\"invalid_grant\"}"))
        .isFalse();
  }

  @Test
  void whatIsWrongWithOnwardsOwnSettingsOrTheProviderIsLogged() {
    assertThat(
            isLogged(
                CLIENT,
                "Request http://localhost/token has failed: status: 401, error message:"
                    + " {\"error\":\"invalid_client\"}"))
        .isTrue();
    assertThat(isLogged(CLIENT, "Request http://localhost/token has failed: status: 500")).isTrue();
    assertThat(
            isLogged(
                CODE_FLOW,
                "Exception during the code to token exchange: {\"error\":\"invalid_client\"}"))
        .isTrue();
    assertThat(isLogged(CODE_FLOW, "ID token verification has failed: wrong issuer")).isTrue();
    assertThat(isLogged("other", "State cookie value for the board tenant can not be decrypted: x"))
        .isTrue();
  }

  private static boolean isLogged(String logger, String message) {
    var record = new LogRecord(Level.SEVERE, message);
    record.setLoggerName(logger);
    return OidcLogFilter.isLoggable(record);
  }
}
