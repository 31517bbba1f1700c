package dev.onward.query;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.plan.ObservedLabel;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.ObservedState;
import dev.onward.store.ReleaseStore.PartialRelease;
import dev.onward.store.ReleaseStore.Unreadable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One side of a comparison.
 *
 * @param kind {@code release}, {@code label} or {@code environment}
 * @param release the release itself; for a label, the newest of its chain if it equals the label's
 *     images; for an environment, the deployed one
 * @param drifted services whose parameter in an environment differs from that release
 * @param unreadable the parts of a release that cannot be read, each with place and reason
 */
public record ComparisonSide(
    String kind,
    String id,
    Optional<Release> release,
    List<ServiceId> drifted,
    SortedMap<ServiceId, LocatedImage> images,
    List<String> unreadable) {
  public ComparisonSide {
    drifted = List.copyOf(drifted);
    images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
    unreadable = List.copyOf(unreadable);
  }

  /** A release as recorded. An unreadable image differs from every image. */
  public static ComparisonSide of(PartialRelease read) {
    Release release = read.release();
    var images = new TreeMap<ServiceId, LocatedImage>();
    release
        .images()
        .images()
        .forEach(
            (service, image) ->
                images.put(
                    service,
                    LocatedImage.of(
                        image, Optional.ofNullable(release.manifest().services().get(service)))));
    read.unreadable()
        .forEach(
            it ->
                it.service()
                    .ifPresent(service -> images.put(service, LocatedImage.unreadable(it))));
    return new ComparisonSide(
        "release",
        release.id().value(),
        Optional.of(release),
        List.of(),
        images,
        read.unreadable().stream().map(Unreadable::toString).toList());
  }

  /** A label or an environment, from its last observed parameters. */
  public static ComparisonSide of(ProjectId project, Source where, ObservedState seen) {
    return switch (where) {
      case Label label -> {
        Optional<Release> newest =
            Optional.ofNullable(seen.labels().get(label)).flatMap(it -> justReleased(it, seen));
        yield new ComparisonSide(
            "label", label.value(), newest, List.of(), located(project, label, seen), List.of());
      }
      case EnvironmentId id -> {
        Optional<Release> current =
            Optional.ofNullable(seen.environments().get(id))
                .flatMap(it -> it.head())
                .flatMap(EnvironmentHead::current)
                .flatMap(it -> seen.release(it.release()));
        yield new ComparisonSide(
            "environment",
            id.value(),
            current,
            current.map(release -> differing(release, seen.parameters(id))).orElse(List.of()),
            located(project, id, seen),
            List.of());
      }
    };
  }

  private static Optional<Release> justReleased(ObservedLabel label, ObservedState seen) {
    return label
        .head()
        .map(LabelHead::release)
        .flatMap(seen::release)
        .filter(release -> release.images().equals(label.images()))
        .filter(release -> release.images().images().size() == label.parameters().size());
  }

  private static List<ServiceId> differing(
      Release release, SortedMap<ServiceId, ObservedParameter> parameters) {
    var differing = new ArrayList<ServiceId>();
    release
        .images()
        .images()
        .forEach(
            (service, image) -> {
              var found = Optional.ofNullable(parameters.get(service));
              if (found.flatMap(ObservedParameter::image).filter(image::equals).isEmpty()) {
                differing.add(service);
              }
            });
    return differing;
  }

  private static SortedMap<ServiceId, LocatedImage> located(
      ProjectId project, Source where, ObservedState seen) {
    var images = new TreeMap<ServiceId, LocatedImage>();
    for (Map.Entry<ServiceId, ObservedParameter> it : seen.parameters(where).entrySet()) {
      images.put(it.getKey(), LocatedImage.of(project, where, it.getValue()));
    }
    return images;
  }
}
