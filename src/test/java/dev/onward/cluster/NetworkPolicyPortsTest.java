package dev.onward.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.management.ManagementConfig;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class NetworkPolicyPortsTest {
  @Test
  void thePortsAreWhereOnwardListensUnlessToldOtherwise() throws IOException {
    assertThat(port("quarkus.http.port", VertxHttpConfig.class)).isEqualTo(NetworkPolicyPorts.PORT);
    assertThat(port("quarkus.management.port", ManagementConfig.class))
        .isEqualTo(NetworkPolicyPorts.MANAGEMENT_PORT);
  }

  private static int port(String name, Class<?> config) throws IOException {
    var settings = new Properties();
    try (var file =
        Files.newBufferedReader(Path.of("src", "main", "resources", "application.properties"))) {
      settings.load(file);
    }
    String byDefault =
        ConfigMappings.getProperties(ConfigClass.configClass(config)).get(name).getDefaultValue();

    return Integer.parseInt(settings.getProperty(name, byDefault));
  }
}
