package dev.onward.web.board.view;

import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseManifest.ImageOrigin;
import dev.onward.status.ProjectStatus;
import dev.onward.store.ReleaseStore.PartialRelease;
import dev.onward.store.ReleaseStore.Unreadable;
import dev.onward.web.board.view.EnvironmentCard.Said;
import dev.onward.web.board.view.HistoryPage.Step;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One release.
 *
 * @param label it was cut from; empty of one that a person put together
 * @param here the environments that have it now
 * @param gone services that the previous release had; none if not all of this one can be read
 * @param unreadable what in its item cannot be read
 */
public record ReleasePage(
    String project,
    ReleaseLink release,
    String by,
    String label,
    Optional<ReleaseLink> previous,
    List<String> here,
    Optional<Said> rejection,
    List<Image> images,
    List<ImageChange> gone,
    List<Step> deployments,
    List<Unreadable> unreadable) {

  /**
   * A service's image and where it came from, as far as that is recorded.
   *
   * @param before the tag in the previous release; empty if it is the same or there is none
   * @param changed whether it is another one than in the previous release
   */
  record Image(
      String service,
      String tag,
      String image,
      boolean changed,
      String before,
      String parameter,
      long version,
      Optional<RelativeTime> published,
      String publishedBy) {}

  public static ReleasePage of(
      ProjectStatus status, PartialRelease read, Optional<Release> previous, Instant now) {
    Release release = read.release();
    ImageSet before = previous.map(Release::images).orElse(release.images());
    return new ReleasePage(
        release.project().value(),
        ReleaseLink.of(release, now),
        release.requestedBy().name(),
        release.manifest().label().map(Label::value).orElse(""),
        previous.map(it -> ReleaseLink.of(it, now)),
        status.explanations().stream()
            .filter(it -> it.current().filter(c -> c.release().equals(release.id())).isPresent())
            .map(it -> it.name())
            .toList(),
        status
            .seen()
            .flatMap(seen -> seen.observed().interventions().rejection(release.id(), now))
            .map(attribution -> Said.of(attribution, now)),
        release.images().images().entrySet().stream()
            .map(entry -> image(release, entry, before, now))
            .toList(),
        read.unreadable().isEmpty() ? gone(before, release.images()) : List.of(),
        release.deployments().stream()
            .sorted(Comparator.comparing(Deployment::createdAt).reversed())
            .map(deployment -> Step.of(deployment, now))
            .toList(),
        read.unreadable());
  }

  private static Image image(
      Release release, Map.Entry<ServiceId, ImageRef> entry, ImageSet before, Instant now) {
    Optional<ImageOrigin> origin =
        Optional.ofNullable(release.manifest().services().get(entry.getKey()));
    Optional<ImageRef> was = before.image(entry.getKey());
    boolean changed = was.filter(entry.getValue()::equals).isEmpty();
    return new Image(
        entry.getKey().value(),
        entry.getValue().shortTag(),
        entry.getValue().value(),
        changed,
        changed ? was.map(ImageRef::shortTag).orElse("") : "",
        origin.map(ImageOrigin::parameter).orElse(""),
        origin.map(ImageOrigin::version).orElse(0L),
        RelativeTime.of(origin.map(ImageOrigin::publishedAt), now),
        origin.flatMap(ImageOrigin::publishedBy).orElse(""));
  }

  private static List<ImageChange> gone(ImageSet before, ImageSet after) {
    var services = new TreeSet<>(before.images().keySet());
    services.removeAll(after.images().keySet());
    return services.stream()
        .map(service -> ImageChange.of(service, before.image(service), Optional.empty()))
        .toList();
  }
}
