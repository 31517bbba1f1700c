package dev.onward.testing;

import dev.onward.OnwardConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;

/** Onward's settings as its users write them. */
public final class Settings {
  private Settings() {}

  /**
   * The settings of these pairs, and the defaults of all others.
   *
   * @param pairs property, value, property, value, ...
   */
  public static OnwardConfig of(String... pairs) {
    var builder =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 100, new DurationConverter())
            .withMapping(OnwardConfig.class);
    for (int i = 0; i < pairs.length; i += 2) {
      builder.withDefaultValue(pairs[i], pairs[i + 1]);
    }
    return builder.build().getConfigMapping(OnwardConfig.class);
  }
}
