package dev.onward.access.http;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Keeps out of the log what Quarkus reports as an error although anybody can cause it with a
 * request. Only the key, or the provider, can tell these from real ones, so that they cannot be
 * refused before; Onward answers, audits and counts each. Every other message passes, such as that
 * the provider does not accept Onward's own secret.
 */
@Singleton
class OidcLogFilter {
  private static final Map<String, Pattern> CAUSED_BY_ANYBODY =
      Map.of(
          "io.quarkus.oidc.runtime.CodeAuthenticationMechanism",
          Pattern.compile(
              "State cookie value for the \\S+ tenant can not be decrypted: .*"
                  + "|Exception during the code to token exchange: .*\"invalid_grant\".*"),
          "io.quarkus.oidc.runtime.OidcProviderClientImpl",
          Pattern.compile("Request \\S+ has failed: status: 400, .*\"invalid_grant\".*"));

  /** Without a trace. */
  private static final Formatter MESSAGE = new PatternFormatter("%s");

  /** Loggers that nobody holds lose their filters. */
  private final List<Logger> filtered =
      CAUSED_BY_ANYBODY.keySet().stream().map(Logger::getLogger).toList();

  void onStart(@Observes StartupEvent event) {
    filtered.forEach(logger -> logger.setFilter(OidcLogFilter::isLoggable));
  }

  static boolean isLoggable(LogRecord record) {
    Pattern pattern = CAUSED_BY_ANYBODY.get(record.getLoggerName());
    return pattern == null || !pattern.matcher(message(record)).matches();
  }

  private static String message(LogRecord record) {
    return MESSAGE.format(record).replace('\n', ' ');
  }
}
