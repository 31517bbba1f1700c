package dev.onward.reconcile.observe;

import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.PrintableText;
import dev.onward.model.ProjectId;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.release.ImageRef;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.ObservedParameter.Value;
import dev.onward.plan.ObservedState;
import dev.onward.store.ListedParameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A listing of a project's images path, sorted into labels and environments.
 *
 * @param unrecognized names that are not {@code /{project}/images/{label or environment}/{service}}
 */
public record ImageListing(
    Map<String, SortedMap<ServiceId, ObservedParameter>> byLocation, List<String> unrecognized) {
  private static final String STRING = "String";
  private static final int SHOWN = 80;
  private static final ImageListing NONE = new ImageListing(Map.of(), List.of());

  public static ImageListing of(ProjectId project, List<ListedParameter> listed) {
    return of(project, listed, NONE);
  }

  /**
   * Reuses a parameter that is unchanged since an earlier observation: most rarely change, and a
   * reused one is neither parsed nor stored twice.
   */
  static ImageListing of(ProjectId project, List<ListedParameter> listed, ObservedState before) {
    return of(project, listed, in(before));
  }

  private static ImageListing in(ObservedState observed) {
    var byLocation = new HashMap<String, SortedMap<ServiceId, ObservedParameter>>();
    observed.labels().forEach((label, it) -> byLocation.put(label.value(), it.parameters()));
    observed.environments().forEach((id, it) -> byLocation.put(id.value(), it.parameters()));
    observed.otherLabels().forEach((label, it) -> byLocation.put(label.value(), it));
    return new ImageListing(byLocation, observed.unrecognized());
  }

  private static ImageListing of(
      ProjectId project, List<ListedParameter> listed, ImageListing before) {
    String prefix = ParameterName.pathOf(project) + "/";
    var byLocation = new HashMap<String, SortedMap<ServiceId, ObservedParameter>>();
    var unrecognized = new ArrayList<String>();
    var services = new HashMap<ServiceId, ServiceId>();
    var values = new HashMap<Value, Value>();
    for (ListedParameter parameter : listed) {
      String rest =
          parameter.name().startsWith(prefix) ? parameter.name().substring(prefix.length()) : "";
      int slash = rest.indexOf('/');
      if (slash <= 0 || rest.indexOf('/', slash + 1) >= 0) {
        unrecognized.add(parameter.name());
        continue;
      }
      try {
        String location = new Label(rest.substring(0, slash)).value();
        var service = new ServiceId(rest.substring(slash + 1));
        Optional<ObservedParameter> known =
            Optional.ofNullable(before.byLocation.get(location)).map(at -> at.get(service));
        ObservedParameter observed =
            known
                .filter(it -> isSame(it, parameter))
                .orElseGet(
                    () ->
                        new ObservedParameter(
                            shared(service, services),
                            shared(value(parameter), values),
                            parameter.version(),
                            parameter.lastModified()));
        byLocation
            .computeIfAbsent(location, l -> new TreeMap<>())
            .put(observed.service(), observed);
      } catch (InvalidValueException e) {
        unrecognized.add(parameter.name());
      }
    }
    Collections.sort(unrecognized);
    return new ImageListing(byLocation, unrecognized);
  }

  public SortedMap<ServiceId, ObservedParameter> at(Source location) {
    return byLocation.getOrDefault(location.value(), Collections.emptySortedMap());
  }

  /** Images under labels that no policy watches: operators may still want to see or deploy them. */
  SortedMap<Label, SortedMap<ServiceId, ObservedParameter>> otherThan(
      Collection<? extends Source> known) {
    var others = new TreeMap<Label, SortedMap<ServiceId, ObservedParameter>>();
    var names = known.stream().map(Source::value).collect(Collectors.toSet());
    byLocation.forEach(
        (name, parameters) -> {
          if (!names.contains(name)) {
            others.put(new Label(name), parameters);
          }
        });
    return others;
  }

  private static boolean isSame(ObservedParameter known, ListedParameter listed) {
    return known.version() == listed.version()
        && known.lastModified().equals(listed.lastModified())
        && listed.type().equals(STRING)
        && known.image().filter(image -> image.value().equals(listed.value())).isPresent();
  }

  /** Values shared by labels and environments, which are most, are stored once. */
  private static <T> T shared(T it, Map<T, T> all) {
    T first = all.putIfAbsent(it, it);
    return first == null ? it : first;
  }

  private static Value value(ListedParameter parameter) {
    if (!parameter.type().equals(STRING)) {
      return new Value.WrongType(parameter.type());
    }
    try {
      return new Value.Image(new ImageRef(parameter.value()));
    } catch (InvalidValueException e) {
      return new Value.NotAnImage(PrintableText.of(parameter.value(), SHOWN));
    }
  }
}
