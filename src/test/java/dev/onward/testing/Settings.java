package dev.onward.testing;

import dev.onward.OnwardConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Onward's settings as its users write them. */
public final class Settings {
  private Settings() {}

  /**
   * The settings of these pairs, and the defaults of all others.
   *
   * @param pairs property, value, property, value, ...
   */
  public static OnwardConfig of(String... pairs) {
    var builder = new SmallRyeConfigBuilder().withMapping(OnwardConfig.class);
    for (int i = 0; i < pairs.length; i += 2) {
      builder.withDefaultValue(pairs[i], pairs[i + 1]);
    }
    return builder.build().getConfigMapping(OnwardConfig.class);
  }
}
