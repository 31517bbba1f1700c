package dev.onward.reconcile;

import dev.onward.model.ImageRef;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.ObservedParameter.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A listing of a project's images path, sorted into labels and environments.
 *
 * @param strays names that are not {@code /{project}/images/{label or environment}/{service}}
 */
record ImageListing(
    Map<String, SortedMap<ServiceId, ObservedParameter>> byLocation, List<String> strays) {
  private static final int SHOWN = 80;

  static ImageListing of(ProjectId project, List<ListedParameter> listed) {
    String prefix = ParameterName.pathOf(project) + "/";
    var byLocation = new HashMap<String, SortedMap<ServiceId, ObservedParameter>>();
    var strays = new ArrayList<String>();
    for (ListedParameter parameter : listed) {
      String rest =
          parameter.name().startsWith(prefix) ? parameter.name().substring(prefix.length()) : "";
      int slash = rest.indexOf('/');
      if (slash <= 0 || rest.indexOf('/', slash + 1) >= 0) {
        strays.add(parameter.name());
        continue;
      }
      try {
        var service = new ServiceId(rest.substring(slash + 1));
        byLocation
            .computeIfAbsent(new Label(rest.substring(0, slash)).value(), l -> new TreeMap<>())
            .put(service, observed(service, parameter));
      } catch (InvalidValueException e) {
        strays.add(parameter.name());
      }
    }
    Collections.sort(strays);
    return new ImageListing(byLocation, strays);
  }

  SortedMap<ServiceId, ObservedParameter> at(Source location) {
    return byLocation.getOrDefault(location.value(), Collections.emptySortedMap());
  }

  /** What is published under labels that nobody watches: a person may still want it. */
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

  private static ObservedParameter observed(ServiceId service, ListedParameter parameter) {
    return new ObservedParameter(
        service, value(parameter), parameter.version(), parameter.lastModified());
  }

  private static Value value(ListedParameter parameter) {
    if (!parameter.type().equals("String")) {
      return new Value.WrongType(parameter.type());
    }
    try {
      return new Value.Image(new ImageRef(parameter.value()));
    } catch (InvalidValueException e) {
      String text = parameter.value();
      return new Value.NotAnImage(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…");
    }
  }
}
