package dev.onward.web.api.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How Onward itself is.
 *
 * @param mode {@code act}, or {@code observe}: everything is reported and nothing written
 * @param writes who may issue commands through this API: {@code none}, {@code loopback} or {@code
 *     roles}
 * @param everything what operators have said about everything
 * @param started whether a first cycle has ended
 * @param lastTickAt when the loop last looked what is due; absent until it first did
 * @param leadership what the replica that answers does by itself: {@code leader}; {@code standby},
 *     it looks and does nothing; {@code no_leader}, it acts at a standby's pace, for the lease has
 *     been out of reach for a while
 * @param leader the id of the replica that leads; absent while nobody is known to, and if none need
 * @param lease absent if none is taken
 * @param replicas those that share the lease, as far as is known
 * @param oldestObservationAt how old what this replica shows can be: when it last looked at the
 *     project that it looked at the longest ago; absent before its first look
 */
public record DaemonView(
    String version,
    String mode,
    String writes,
    double intervalSeconds,
    boolean started,
    Optional<Instant> lastTickAt,
    String leadership,
    Optional<String> leader,
    Optional<Lease> lease,
    List<Replica> replicas,
    Optional<Instant> oldestObservationAt,
    InterventionsView everything,
    Manifests manifests,
    List<Project> projects) {

  /**
   * A process that is Onward.
   *
   * @param self whether it is the one that answers
   * @param leader whether it holds the lease
   */
  @Schema(name = "Replica")
  public record Replica(String id, Instant startedAt, boolean self, boolean leader) {}

  /**
   * What replicas share.
   *
   * @param termSeconds how long a leader may be silent before another takes its place
   * @param standbyIntervalSeconds how often a standby looks at each project
   * @param problem why it is out of this replica's reach; absent if it is not
   */
  @Schema(name = "Lease")
  public record Lease(
      String name, double termSeconds, double standbyIntervalSeconds, Optional<String> problem) {}

  /**
   * The manifest files.
   *
   * @param valid whether all of every file could be used
   */
  @Schema(name = "ManifestFiles")
  public record Manifests(boolean valid, List<ManifestView.Problem> problems) {}

  /** How one project fares. */
  @Schema(name = "ProjectCycles")
  public record Project(
      String id, Optional<String> manifestFile, boolean manifestStale, CycleView cycles) {}
}
