package dev.onward.plan;

import dev.onward.model.Deployment;
import dev.onward.model.Release;
import dev.onward.model.ServiceId;
import java.time.Instant;
import java.util.Map;

/**
 * A deployment in the releases table that Onward did not make: the old tool's, so a person's.
 *
 * @param writtenOver of the parameters that have this deployment's image already, those that had
 *     the current release's image until then, and since when
 */
public record ForeignDeployment(
    Release release, Deployment deployment, Map<ServiceId, Instant> writtenOver) {
  public ForeignDeployment {
    writtenOver = Map.copyOf(writtenOver);
  }

  /** One of which nobody knows what it has written over. */
  public ForeignDeployment(Release release, Deployment deployment) {
    this(release, deployment, Map.of());
  }
}
