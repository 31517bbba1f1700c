package dev.onward.access;

import dev.onward.testing.LocalAwsResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An Onward that asks an identity provider who people are, and has grants of every kind. */
public class Identified implements QuarkusTestProfile {
  private static final String GRANTS =
      """
      looking    lookers        viewer
      storage    storage-lookers viewer storage
      stage      stage-team     deployer storage stage
      archive    storage-team   deployer storage
      elsewhere  broken-team    deployer broken
      everywhere deployers      deployer
      all        admins         admin
      """;

  @Override
  public Map<String, String> getConfigOverrides() {
    var settings = new HashMap<String, String>();
    // As it is set for production, but shorter: tests wait for it.
    settings.put("quarkus.oidc.token.forced-jwk-refresh-interval", "1S");
    for (String line : GRANTS.lines().toList()) {
      String[] words = line.split(" +", -1);
      String grant = "onward.access.grants." + words[0];
      settings.put(grant + ".groups", words[1]);
      settings.put(grant + ".role", words[2]);
      if (words.length > 3) {
        settings.put(grant + ".projects", words[3]);
      }
      if (words.length > 4) {
        settings.put(grant + ".environments", words[4]);
      }
    }
    return settings;
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(
        new TestResourceEntry(LocalAwsResource.class),
        new TestResourceEntry(ProviderResource.class));
  }

  /** And one whose identity provider cannot be reached when it starts. */
  public static final class Alone extends Identified {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(LocalAwsResource.class),
          new TestResourceEntry(ProviderResource.class, Map.of("reachable", "false")));
    }
  }
}
