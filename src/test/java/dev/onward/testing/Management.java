package dev.onward.testing;

import java.net.URI;
import org.eclipse.microprofile.config.ConfigProvider;

/** The listener of health and metrics, in a {@code @QuarkusTest}. */
public final class Management {
  private Management() {}

  /** A path's address there. */
  public static String url(String path) {
    String base = ConfigProvider.getConfig().getValue("test.management.url", String.class);
    return URI.create(base).resolve(path).toString();
  }
}
