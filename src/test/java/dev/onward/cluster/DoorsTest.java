package dev.onward.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DoorsTest {
  private static final String PORT = "quarkus.http.port";

  @Test
  void thePortIsWhereOnwardListensUnlessToldOtherwise() throws IOException {
    var settings = new Properties();
    try (var file =
        Files.newBufferedReader(Path.of("src", "main", "resources", "application.properties"))) {
      settings.load(file);
    }
    String byDefault =
        ConfigMappings.getProperties(ConfigClass.configClass(VertxHttpConfig.class))
            .get(PORT)
            .getDefaultValue();

    assertThat(settings.getProperty(PORT, byDefault)).isEqualTo(Integer.toString(Doors.PORT));
  }
}
