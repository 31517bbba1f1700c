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
 * <p>All but {@code lastDeployedAt} and {@code deployments} never change once written.
 *
 * @param createdAt to the microsecond; later than the predecessor's in its label's chain, whatever
 *     the clocks said, so that ordering by it is ordering by the chain
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
  /** Oldest first; equal moments are told apart by id so that the order is total. */
  public static final Comparator<Release> BY_AGE =
      Comparator.comparing(Release::createdAt).thenComparing(Release::id);

  public Release {
    createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    lastDeployedAt = lastDeployedAt.map(at -> at.truncatedTo(ChronoUnit.MICROS));
    deployments = List.copyOf(deployments);
  }

  /** Whether it is another release than the deployed one, and came after it. */
  public boolean newerThan(DeployedRelease deployed) {
    int byDate = createdAt.compareTo(deployed.releaseCreatedAt());
    return !id.equals(deployed.release())
        && (byDate > 0 || (byDate == 0 && id.compareTo(deployed.release()) > 0));
  }

  public boolean newerThan(Release other) {
    return BY_AGE.compare(this, other) > 0;
  }

  /** With one deployment more, the last. */
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
