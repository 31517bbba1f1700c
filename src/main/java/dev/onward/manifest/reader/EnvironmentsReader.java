package dev.onward.manifest.reader;

import dev.onward.manifest.document.Section;
import dev.onward.manifest.document.SpellingSuggestion;
import dev.onward.manifest.document.Value;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Source;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.gate.PromotionPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a project's environments, each with its promotion policy. */
final class EnvironmentsReader {
  /** Of a project: each is planned, shown and has state to be read in every cycle. */
  static final int MAX_ENVIRONMENTS = 500;

  private final Label fromLabel;
  private final Set<EnvironmentId> ids = new LinkedHashSet<>();
  private final Map<EnvironmentId, EnvironmentId> sources = new HashMap<>();
  private final Map<EnvironmentId, Value> sourcePlaces = new HashMap<>();

  EnvironmentsReader(Label fromLabel) {
    this.fromLabel = fromLabel;
  }

  List<DesiredEnvironment> read(Value value) {
    List<Value> items = value.items("a list of environments").orElse(List.of());
    if (items.size() > MAX_ENVIRONMENTS) {
      value.error(
          "a list of " + items.size(),
          "a list of environments, %s at most".formatted(MAX_ENVIRONMENTS));
      return List.of();
    }
    List<Section> sections =
        items.stream()
            .flatMap(item -> item.section("a map with id, name and promotion").stream())
            .toList();
    // All ids first: what `from` means depends on them.
    List<Optional<EnvironmentId>> idsInOrder = sections.stream().map(this::id).toList();
    var environments = new ArrayList<DesiredEnvironment>();
    for (int i = 0; i < sections.size(); i++) {
      environment(idsInOrder.get(i), sections.get(i)).ifPresent(environments::add);
    }
    rejectCircles();
    return environments;
  }

  private Optional<EnvironmentId> id(Section section) {
    Optional<Value> value = section.required("id", "an environment id");
    Optional<EnvironmentId> id =
        value.flatMap(text -> text.text("an environment id", EnvironmentId::new));
    if (id.isPresent()) {
      if (!ids.add(id.get())) {
        value.get().error("'%s' a second time".formatted(id.get()), "each environment once");
      } else if (id.get().value().equals(fromLabel.value())) {
        value
            .get()
            .error(
                "'%s', which is the label that releases are cut from".formatted(fromLabel),
                "an id that is no label: both have their parameters in the same place");
      }
    }
    return id;
  }

  /** Reads all of it even when the id is missing, for the sake of its other problems. */
  private Optional<DesiredEnvironment> environment(Optional<EnvironmentId> id, Section section) {
    Optional<String> name = section.at("name").flatMap(ProjectReader::name);
    Optional<PromotionPolicy> promotion =
        section
            .at("promotion")
            .flatMap(value -> value.section("a map with from, mode and gates"))
            .flatMap(policy -> promotion(id, policy));
    DriftPolicy drift =
        section
            .at("parameter_drift")
            .flatMap(value -> value.choice(DriftPolicy.values()))
            .orElse(DriftPolicy.REPORT);
    section.warnOfUnknownKeys();
    return id.map(
        known -> new DesiredEnvironment(known, name.orElse(known.value()), promotion, drift));
  }

  private Optional<PromotionPolicy> promotion(Optional<EnvironmentId> target, Section policy) {
    Optional<Value> from = policy.required("from", "a label or an environment of this project");
    Optional<Source> source = from.flatMap(this::source);
    PromotionMode mode =
        policy
            .at("mode")
            .flatMap(value -> value.choice(PromotionMode.values()))
            .orElse(PromotionMode.AUTO);
    var gates = policy.at("gates").map(value -> GateReader.read(value, source)).orElse(List.of());
    policy.warnOfUnknownKeys();
    if (target.isPresent() && source.orElse(null) instanceof EnvironmentId upstream) {
      sources.put(target.get(), upstream);
      from.ifPresent(place -> sourcePlaces.put(target.get(), place));
    }
    return source.map(known -> new PromotionPolicy(known, mode, gates));
  }

  private Optional<Source> source(Value from) {
    Optional<Source> source =
        from.text(
            "a label or an environment of this project",
            text -> {
              var environment = new EnvironmentId(text);
              return ids.contains(environment) ? environment : new Label(text);
            });
    if (source.orElse(null) instanceof Label label && !label.equals(fromLabel)) {
      warnOfMisspelling(label, from);
    }
    return source;
  }

  /** A label that nobody publishes under would hold the environment for ever, without a word. */
  private void warnOfMisspelling(Label label, Value from) {
    Set<String> known =
        Stream.concat(Stream.of(fromLabel), ids.stream())
            .map(Source::value)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    SpellingSuggestion.nearest(label.value(), known)
        .ifPresent(
            meant ->
                from.warning(
                    "'%s', which is no environment and so taken as a label".formatted(label),
                    "a label or an environment of this project"
                        + SpellingSuggestion.didYouMean(meant)));
  }

  private void rejectCircles() {
    var seen = new HashSet<EnvironmentId>();
    for (EnvironmentId start : ids) {
      var path = new ArrayList<EnvironmentId>();
      EnvironmentId at = start;
      while (at != null && seen.add(at)) {
        path.add(at);
        at = sources.get(at);
      }
      if (at != null && path.contains(at)) {
        var circle = new ArrayList<>(path.subList(path.indexOf(at), path.size()));
        circle.add(at);
        Value place = sourcePlaces.get(at);
        if (place != null) {
          place.error(
              "a circle: "
                  + circle.stream().map(EnvironmentId::value).collect(Collectors.joining(" from ")),
              "sources that lead to a label");
        }
      }
    }
  }
}
