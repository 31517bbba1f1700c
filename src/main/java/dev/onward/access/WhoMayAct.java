package dev.onward.access;

import dev.onward.OnwardConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Says at start-up who may look and who may act. */
@Dependent
class WhoMayAct {
  private static final Logger LOG = Logger.getLogger(WhoMayAct.class);

  static void onStart(
      @Observes StartupEvent event, OnwardConfig config, IdentityProvider provider) {
    LOG.info(sentence(config, provider));
  }

  static String sentence(OnwardConfig config, IdentityProvider provider) {
    return switch (provider.acting(config)) {
      case NONE ->
          provider.isConfigured()
              ? "Only reading is served, to those whom %s knows and the grants let: onward.api.acting is 'none'"
                  .formatted(provider.name())
              : "Only reading is served, to everybody: no identity provider is configured"
                  + " (quarkus.oidc.auth-server-url)";
      case LOOPBACK ->
          "Everybody may read, and whoever is at this machine may act: onward.api.acting is"
              + " 'loopback'";
      case ROLES ->
          "People may read and act by the roles that the grants give them; %s says who they are"
              .formatted(provider.name());
    };
  }
}
