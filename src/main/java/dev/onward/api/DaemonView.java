package dev.onward.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How Onward itself is.
 *
 * @param mode {@code act}, or {@code observe}: everything is reported and nothing written
 * @param acting who may act through this API: {@code none}, {@code loopback} or {@code roles}
 * @param everything what operators have said about everything
 * @param started whether a first cycle has ended
 * @param lastTickAt when the loop last looked what is due; absent until it first did
 * @param replicas those that are known to whoever answers: itself
 */
record DaemonView(
    String version,
    String mode,
    String acting,
    double intervalSeconds,
    boolean started,
    Optional<Instant> lastTickAt,
    List<Replica> replicas,
    StandingView everything,
    Manifests manifests,
    List<Project> projects) {

  /**
   * A process that is Onward.
   *
   * @param self whether it is the one that answers
   */
  @Schema(name = "Replica")
  record Replica(String id, Instant startedAt, boolean self) {}

  /**
   * The manifest files.
   *
   * @param valid whether all of every file could be used
   */
  @Schema(name = "ManifestFiles")
  record Manifests(boolean valid, List<ManifestView.Problem> problems) {}

  /** How one project fares. */
  @Schema(name = "ProjectCycles")
  record Project(
      String id, Optional<String> manifestFile, boolean manifestStale, CycleView cycles) {}
}
