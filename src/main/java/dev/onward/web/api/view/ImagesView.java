package dev.onward.web.api.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.LabelExplanation;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.ObservedState;
import dev.onward.query.LocatedImage;
import dev.onward.status.ProjectStatus;
import dev.onward.status.ProjectStatus.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Which image each service has under each label and in each environment.
 *
 * @param observedAt how old this is; absent until a cycle has seen the project
 * @param places the labels that are watched, the other labels, then the environments as the
 *     manifest has them
 */
@Schema(name = "Images")
public record ImagesView(
    String project, Optional<Instant> observedAt, List<Place> places, List<OfService> services) {

  /**
   * Where images are.
   *
   * @param kind {@code label} or {@code environment}
   * @param name of an environment
   * @param watched whether releases are cut from this label; true of every environment
   * @param release of a label, the newest that was cut from it; of an environment, the one that is
   *     deployed
   */
  @Schema(name = "ImagePlace")
  record Place(
      String kind, String id, Optional<String> name, boolean watched, Optional<String> release) {}

  /**
   * One service's images.
   *
   * @param images in the order of the places; none where the service is not
   */
  @Schema(name = "ImagesOfService")
  record OfService(String service, List<At> images) {}

  /** What one place has. */
  @Schema(name = "ImageAt")
  record At(String place, @JsonUnwrapped LocatedView located) {}

  /** Of all services that pass. */
  public static ImagesView of(ProjectStatus status, Predicate<ServiceId> asked) {
    Optional<ObservedState> seen = status.seen().map(Seen::observed);
    List<Source> places = places(status);
    SortedSet<ServiceId> services = new TreeSet<>();
    for (Source place : places) {
      seen.ifPresent(it -> services.addAll(it.parameters(place).keySet()));
    }
    services.removeIf(asked.negate());
    return new ImagesView(
        status.desired().project().value(),
        status.seen().map(Seen::at),
        places.stream().map(place -> place(status, place)).toList(),
        services.stream()
            .map(service -> row(status, seen.orElseThrow(), places, service))
            .toList());
  }

  private static List<Source> places(ProjectStatus status) {
    var places = new ArrayList<Source>(status.desired().watchedLabels());
    status
        .seen()
        .map(Seen::observed)
        .ifPresent(
            seen -> {
              places.addAll(seen.labels().keySet());
              places.addAll(seen.otherLabels().keySet());
            });
    status.desired().environments().forEach(environment -> places.add(environment.id()));
    return places.stream().distinct().toList();
  }

  private static Place place(ProjectStatus status, Source where) {
    return switch (where) {
      case Label label ->
          new Place(
              "label",
              label.value(),
              Optional.empty(),
              status.desired().watchedLabels().contains(label),
              newest(status, label).map(ReleaseId::value));
      case EnvironmentId id ->
          new Place(
              "environment",
              id.value(),
              status.desired().environment(id).map(DesiredEnvironment::name),
              true,
              status
                  .explanation(id)
                  .flatMap(EnvironmentExplanation::current)
                  .map(DeployedRelease::release)
                  .map(ReleaseId::value));
    };
  }

  private static Optional<ReleaseId> newest(ProjectStatus status, Label label) {
    return status
        .seen()
        .flatMap(seen -> Optional.ofNullable(seen.plan().labels().get(label)))
        .flatMap(LabelExplanation::newest)
        .map(Release::id);
  }

  private static OfService row(
      ProjectStatus status, ObservedState seen, List<Source> places, ServiceId service) {
    var images = new ArrayList<At>();
    for (Source place : places) {
      ObservedParameter found = seen.parameters(place).get(service);
      if (found != null) {
        var located = LocatedImage.of(status.desired().project(), place, found);
        images.add(new At(place.value(), LocatedView.of(located)));
      }
    }
    return new OfService(service.value(), images);
  }
}
