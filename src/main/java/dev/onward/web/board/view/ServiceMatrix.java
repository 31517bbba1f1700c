package dev.onward.web.board.view;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.release.ImageRef;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.ObservedState;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.status.ProjectStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/** Which image each service has under each label and in each environment: what is really there. */
record ServiceMatrix(List<Column> columns, List<Row> rows) {

  /**
   * A label or an environment.
   *
   * @param label whether it is a label
   * @param name what people call it
   */
  record Column(String id, String name, boolean label) {}

  /** A service. */
  record Row(String service, boolean differs, List<Cell> cells) {}

  /**
   * An image.
   *
   * @param tag short; empty if there is none
   * @param image the whole text, or what is there instead of one
   * @param mark how it differs from where it comes from; empty if it does not
   */
  record Cell(String tag, String image, String mark, Optional<RelativeTime> changed) {
    /** The style sheet's class. */
    public String css() {
      return tag.isEmpty() && mark.isEmpty() ? "none" : mark.isEmpty() ? "same" : "differs";
    }
  }

  static ServiceMatrix of(ProjectStatus status, Instant now) {
    return status
        .seen()
        .map(seen -> of(status, seen.observed(), now))
        .orElseGet(() -> new ServiceMatrix(List.of(), List.of()));
  }

  private static ServiceMatrix of(ProjectStatus status, ObservedState observed, Instant now) {
    var columns = new ArrayList<Column>();
    var places = new ArrayList<Source>();
    for (Label label : status.desired().watchedLabels()) {
      columns.add(new Column(label.value(), label.value(), true));
      places.add(label);
    }
    for (DesiredEnvironment environment : status.desired().environmentsInOrder()) {
      columns.add(new Column(environment.id().value(), environment.name(), false));
      places.add(environment.id());
    }
    var services = new TreeSet<ServiceId>();
    places.forEach(place -> services.addAll(observed.parameters(place).keySet()));
    List<Row> rows =
        services.stream().map(service -> row(status, observed, places, service, now)).toList();
    return new ServiceMatrix(columns, rows);
  }

  private static Row row(
      ProjectStatus status,
      ObservedState observed,
      List<Source> places,
      ServiceId service,
      Instant now) {
    List<Cell> cells =
        places.stream().map(place -> cell(status, observed, place, service, now)).toList();
    return new Row(service.value(), cells.stream().anyMatch(cell -> !cell.mark().isEmpty()), cells);
  }

  private static Cell cell(
      ProjectStatus status, ObservedState observed, Source place, ServiceId service, Instant now) {
    Optional<ObservedParameter> there = parameter(observed, place, service);
    Optional<Source> from =
        place instanceof EnvironmentId id
            ? status
                .desired()
                .environment(id)
                .flatMap(DesiredEnvironment::promotion)
                .map(PromotionPolicy::from)
            : Optional.empty();
    String mark = mark(observed, service, there, from);
    return new Cell(
        there.map(ServiceMatrix::tag).orElse(""),
        there.map(ObservedParameter::describe).orElse("no parameter"),
        mark,
        RelativeTime.of(there.map(ObservedParameter::lastModified), now));
  }

  private static String mark(
      ObservedState observed,
      ServiceId service,
      Optional<ObservedParameter> there,
      Optional<Source> from) {
    if (there.isPresent() && there.get().image().isEmpty()) {
      return "is no image";
    }
    if (from.isEmpty()) {
      return "";
    }
    Optional<ImageRef> expected =
        parameter(observed, from.get(), service).flatMap(ObservedParameter::image);
    Optional<ImageRef> found = there.flatMap(ObservedParameter::image);
    if (expected.equals(found)) {
      return "";
    }
    return (found.isEmpty() ? "missing here, is in " : "differs from ") + from.get().value();
  }

  private static Optional<ObservedParameter> parameter(
      ObservedState observed, Source place, ServiceId service) {
    SortedMap<ServiceId, ObservedParameter> all = observed.parameters(place);
    return Optional.ofNullable(all.get(service));
  }

  private static String tag(ObservedParameter parameter) {
    return parameter.image().map(ImageRef::shortTag).orElse("not an image");
  }
}
