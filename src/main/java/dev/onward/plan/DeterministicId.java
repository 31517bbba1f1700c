package dev.onward.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.ReleaseId;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates ids derived from what they identify: the same decision made twice, by any replica, before
 * or after a crash, yields the same item, which a conditional write detects.
 */
public final class DeterministicId {
  /** Occurs in no id and no image reference, so that joined parts are unambiguous. */
  private static final char SEPARATOR = '\n';

  private DeterministicId() {}

  /** Includes the previous release: A, then B, then A again are three releases. */
  static ReleaseId release(
      ProjectId project, Label label, Optional<ReleaseId> previous, ImageSet images) {
    var name = new StringBuilder("release").append(SEPARATOR).append(project).append(SEPARATOR);
    name.append(label).append(SEPARATOR);
    name.append(previous.map(ReleaseId::value).orElse("")).append(SEPARATOR);
    images.images().forEach((id, image) -> name.append(id).append('=').append(image).append('\n'));
    return new ReleaseId(uuid(name));
  }

  /**
   * Each request yields its own release, even if the same person requests the same images again:
   * the time of the request is included, to the microsecond. Only retries of one request, which
   * keep its time, yield the same release.
   */
  public static ReleaseId composed(ProjectId project, ImageSet images, Attribution attribution) {
    var name = new StringBuilder("composed").append(SEPARATOR).append(project).append(SEPARATOR);
    name.append(attribution.by().id()).append(SEPARATOR).append(attribution.at()).append(SEPARATOR);
    images.images().forEach((id, image) -> name.append(id).append('=').append(image).append('\n'));
    return new ReleaseId(uuid(name));
  }

  /** Includes the head's version: a release deployed twice has two deployments. */
  static String deployment(
      ProjectId project, EnvironmentId environment, long headVersion, ReleaseId release) {
    var name = new StringBuilder("deployment").append(SEPARATOR).append(project);
    name.append(SEPARATOR).append(environment).append(SEPARATOR).append(headVersion);
    return uuid(name.append(SEPARATOR).append(release));
  }

  /** Includes who decided: the same decision by automation is a different deployment. */
  public static String byPerson(
      ProjectId project,
      EnvironmentId environment,
      long headVersion,
      ReleaseId release,
      Attribution attribution) {
    var name = new StringBuilder("by person").append(SEPARATOR);
    name.append(deployment(project, environment, headVersion, release)).append(SEPARATOR);
    name.append(attribution.by().id()).append(SEPARATOR).append(attribution.at());
    return uuid(name);
  }

  /**
   * The older tool's ids are random (version 4); Onward's are name-based, which their version
   * shows.
   */
  static boolean isOurs(ReleaseId id) {
    try {
      return UUID.fromString(id.value()).version() == 3;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String uuid(StringBuilder name) {
    return UUID.nameUUIDFromBytes(name.toString().getBytes(UTF_8)).toString();
  }
}
