package dev.onward.api;

import java.util.List;
import java.util.Optional;

/**
 * How Onward itself is.
 *
 * @param mode {@code act}, or {@code observe}: everything is reported and nothing written
 * @param acting who may act through this API: {@code none}, {@code loopback} or {@code roles}
 * @param everything what operators have said about everything
 * @param started whether a first cycle has ended
 * @param secondsSinceLastTick how long ago the loop last looked what is due
 */
record DaemonView(
    String version,
    String mode,
    String acting,
    double intervalSeconds,
    boolean started,
    double secondsSinceLastTick,
    StandingView everything,
    Manifests manifests,
    List<Project> projects) {

  /**
   * @param valid whether all of every file could be used
   */
  record Manifests(boolean valid, List<ManifestView.Problem> problems) {}

  /** How one project fares. */
  record Project(
      String id, Optional<String> manifestFile, boolean manifestStale, CycleView cycles) {}
}
