package dev.onward.local;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Points SDK clients that Quarkus does not configure, those for STS, at the local AWS, by the SDK's
 * own system properties. What somebody set already stays.
 */
final class SdkDefaults implements AutoCloseable {

  private final List<String> added = new ArrayList<>();

  private SdkDefaults() {}

  static SdkDefaults of(URI endpoint) {
    SdkDefaults defaults = new SdkDefaults();
    Map.of(
            "aws.endpointUrlSts", endpoint.toString(),
            "aws.accessKeyId", "onward",
            "aws.secretAccessKey", "any")
        .forEach(defaults::setIfAbsent);
    return defaults;
  }

  private void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
      added.add(property);
    }
  }

  @Override
  public void close() {
    added.forEach(System::clearProperty);
  }
}
