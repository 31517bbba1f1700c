package dev.onward.local;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of the local AWS; none of them exists in production. */
@ConfigMapping(prefix = "onward.local")
public interface LocalSettings {

  /** Whether Onward starts a local AWS in its own process. */
  @WithDefault("false")
  boolean enabled();

  /** The loopback port on which the local AWS listens; not 0, for Onward must know it. */
  @WithDefault("4566")
  int port();

  /** Where the local AWS keeps its data over a restart; without it everything is in memory. */
  Optional<Path> dataDirectory();

  /** Whether a local AWS without any parameters is filled with the demo's projects. */
  @WithDefault("false")
  boolean demo();

  /** Whether the demo's builds go on publishing for a minute after it was filled. */
  @WithDefault("true")
  boolean demoBuilds();
}
