package dev.onward.policy;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A check of the source environment that must hold for some time.
 *
 * @param name display name, unique within a policy
 * @param holdFor how long every run must have passed; zero if one run is enough
 * @param every time between two runs
 * @param timeout of one run
 */
public record Verification(
    String name, Probe probe, Duration holdFor, Duration every, Duration timeout) {
  /** How many runs may be missed before the last result is stale. */
  public static final int MISSED_LOOKS = 3;

  /** How long a result counts as current. */
  public Duration freshFor() {
    return every.multipliedBy(MISSED_LOOKS).plus(timeout);
  }

  /** What to call and what to expect. */
  public sealed interface Probe {}

  /**
   * A GET of an address.
   *
   * @param json a value that the body must have, too
   */
  public record Http(URI url, int status, Optional<JsonValue> json) implements Probe {}

  /**
   * A value in a JSON body.
   *
   * @param pointer RFC 6901
   * @param expected its text
   */
  public record JsonValue(String pointer, String expected) {}

  /**
   * An instant query of a Prometheus server: every sample must be within the threshold, and there
   * must be one.
   *
   * @param server its address, to which {@code /api/v1/query} is added
   */
  public record Prometheus(URI server, String query, Threshold threshold) implements Probe {}

  /** A bound that a value must keep to. */
  public record Threshold(Comparison comparison, double bound) {
    public boolean admits(double value) {
      return switch (comparison) {
        case BELOW -> value < bound;
        case AT_MOST -> value <= bound;
        case ABOVE -> value > bound;
        case AT_LEAST -> value >= bound;
      };
    }
  }

  /** How a value is compared with its bound. */
  public enum Comparison {
    BELOW,
    AT_MOST,
    ABOVE,
    AT_LEAST
  }
}
