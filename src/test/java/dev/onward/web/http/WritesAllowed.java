package dev.onward.web.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** An Onward that lets people act, on a local AWS of its own. */
public class WritesAllowed implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("onward.api.writes", "loopback");
  }

  /** And one that does nothing all the same. */
  public static final class Observing implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("onward.api.writes", "loopback", "onward.mode", "observe");
    }
  }
}
