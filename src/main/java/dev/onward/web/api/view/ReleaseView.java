package dev.onward.web.api.view;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest.ImageOrigin;
import dev.onward.query.ReleaseLocations;
import dev.onward.status.ProjectStatus;
import dev.onward.store.ReleaseStore.PartialRelease;
import dev.onward.store.ReleaseStore.Unreadable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A release with all that is recorded of it.
 *
 * @param label the label it was cut from; unknown of the old tool's releases
 * @param currentIn the environments that have it now, as of the last cycle
 * @param deployedTo every environment that it was ever deployed to
 * @param deployments oldest first
 * @param unreadable what stands in its item and cannot be read, each with its place and the reason
 */
public record ReleaseView(
    String id,
    String project,
    String projectName,
    Instant createdAt,
    Optional<Instant> lastDeployedAt,
    String description,
    Person requestedBy,
    Optional<String> label,
    Optional<String> previousRelease,
    List<Image> images,
    List<String> currentIn,
    List<String> deployedTo,
    List<DeploymentView> deployments,
    List<String> unreadable) {

  /**
   * A release as it is shown.
   *
   * @param status of its project; absent if that is not in force
   */
  static ReleaseView of(Release release, Optional<ProjectStatus> status) {
    return of(new PartialRelease(release, List.of()), status);
  }

  public static ReleaseView of(PartialRelease read, Optional<ProjectStatus> status) {
    Release release = read.release();
    return new ReleaseView(
        release.id().value(),
        release.project().value(),
        release.projectName(),
        release.createdAt(),
        release.lastDeployedAt(),
        release.description(),
        Person.of(release.requestedBy()),
        release.manifest().label().map(Label::value),
        release.manifest().previous().map(ReleaseId::value),
        images(release),
        status.stream()
            .flatMap(it -> ReleaseLocations.currentIn(it, release.id()).stream())
            .map(EnvironmentId::value)
            .toList(),
        ReleaseLocations.deployedTo(release).stream().map(EnvironmentId::value).toList(),
        release.deployments().stream().map(DeploymentView::of).toList(),
        read.unreadable().stream().map(Unreadable::toString).toList());
  }

  private static List<Image> images(Release release) {
    return release.images().images().entrySet().stream()
        .map(
            entry ->
                Image.of(
                    entry.getKey(),
                    entry.getValue(),
                    Optional.ofNullable(release.manifest().services().get(entry.getKey()))))
        .toList();
  }

  /** Who asked for something. */
  record Person(String id, String name) {
    static Person of(Requester requester) {
      return new Person(requester.id(), requester.name());
    }
  }

  /**
   * One service's image and where it came from, as far as that is recorded.
   *
   * @param tag the image's tag or digest: what tells two builds apart
   */
  record Image(
      String service,
      String image,
      String tag,
      Optional<String> parameter,
      Optional<Long> parameterVersion,
      Optional<Instant> publishedAt,
      Optional<String> publishedBy) {
    static Image of(ServiceId service, ImageRef image, Optional<ImageOrigin> origin) {
      return new Image(
          service.value(),
          image.value(),
          image.shortTag(),
          origin.map(ImageOrigin::parameter),
          origin.map(ImageOrigin::version),
          origin.map(ImageOrigin::publishedAt),
          origin.flatMap(ImageOrigin::publishedBy));
    }
  }

  /**
   * One deployment of the release.
   *
   * @param id the old tool's have none
   */
  record DeploymentView(
      Optional<String> id,
      Instant createdAt,
      String environment,
      String environmentName,
      String description,
      Person requestedBy) {
    static DeploymentView of(Deployment deployment) {
      return new DeploymentView(
          deployment.id(),
          deployment.createdAt(),
          deployment.environment().value(),
          deployment.environmentName(),
          deployment.description(),
          Person.of(deployment.requestedBy()));
    }
  }
}
