package dev.onward.model.release;

import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An image set, frozen: a set of services at known versions to be deployed to an environment.
 *
 * <p>Everything except {@code lastDeployedAt} and {@code deployments} is immutable once written.
 *
 * @param createdAt to the microsecond; later than its predecessor's in the label's chain, whatever
 *     the clocks said, so that date order is chain order
 */
public record Release(
    ReleaseId id,
    ProjectId project,
    String projectName,
    Instant createdAt,
    Optional<Instant> lastDeployedAt,
    String description,
    Requester requestedBy,
    ImageSet images,
    ReleaseManifest manifest,
    List<Deployment> deployments) {
  /** Oldest first; equal dates are ordered by id so that the order is total. */
  public static final Comparator<Release> BY_AGE =
      Comparator.comparing(Release::createdAt).thenComparing(Release::id);

  public Release {
    createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    lastDeployedAt = lastDeployedAt.map(at -> at.truncatedTo(ChronoUnit.MICROS));
    deployments = List.copyOf(deployments);
  }

  /** Whether this is a different release from the deployed one and was created after it. */
  public boolean newerThan(DeployedRelease deployed) {
    int byDate = createdAt.compareTo(deployed.releaseCreatedAt());
    return !id.equals(deployed.release())
        && (byDate > 0 || (byDate == 0 && id.compareTo(deployed.release()) > 0));
  }

  public boolean newerThan(Release other) {
    return BY_AGE.compare(this, other) > 0;
  }

  /** This release with one more deployment at the end. */
  public Release withDeployment(Deployment deployment) {
    var all = new ArrayList<>(deployments);
    all.add(deployment);
    return new Release(
        id,
        project,
        projectName,
        createdAt,
        Optional.of(deployment.createdAt()),
        description,
        requestedBy,
        images,
        manifest,
        all);
  }
}
