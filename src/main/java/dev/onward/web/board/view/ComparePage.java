package dev.onward.web.board.view;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.release.Release;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.Words;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.query.Comparison;
import dev.onward.query.ComparisonSide;
import dev.onward.query.LocatedImage;
import dev.onward.status.ProjectStatus;
import dev.onward.web.board.view.FormField.Option;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two releases, labels or environments side by side.
 *
 * @param from what can be chosen, and what was, on the one side
 * @param to the same on the other
 * @param problem why they cannot be compared; empty if they can
 * @param compared absent if they cannot
 */
public record ComparePage(
    String project,
    List<Option> from,
    List<Option> to,
    String problem,
    Optional<Compared> compared) {

  /** What was compared. */
  record Compared(Head from, Head to, String counts, List<Row> rows) {
    static Compared of(Comparison it, Instant now) {
      return new Compared(
          Head.of(it.from(), now),
          Head.of(it.to(), now),
          counts(it),
          it.services().stream().map(difference -> Row.of(difference, now)).toList());
    }

    private static String counts(Comparison it) {
      var parts = new ArrayList<String>();
      for (Comparison.Change change : Comparison.Change.values()) {
        if (it.count(change) > 0) {
          parts.add(it.count(change) + " " + Words.of(change));
        }
      }
      return parts.isEmpty() ? "nothing on either side" : String.join(", ", parts);
    }
  }

  /** One side. */
  record Head(
      String kind,
      String name,
      Optional<ReleaseLink> release,
      List<String> drifted,
      List<String> unreadable) {
    private static Head of(ComparisonSide it, Instant now) {
      return new Head(
          it.kind(),
          it.kind().equals("release")
              ? it.id().substring(0, Math.min(8, it.id().length()))
              : it.id(),
          it.release().map(release -> ReleaseLink.of(release, now)),
          it.drifted().stream().map(ServiceId::value).toList(),
          it.unreadable());
    }
  }

  /** One service. */
  record Row(String service, String change, boolean differs, There from, There to) {
    private static Row of(Comparison.Difference it, Instant now) {
      return new Row(
          it.service().value(),
          Words.of(it.change()),
          it.change() != Comparison.Change.SAME,
          There.of(it.from(), now),
          There.of(it.to(), now));
    }
  }

  /**
   * What a side has for a service.
   *
   * @param tag empty if it has nothing
   */
  record There(String tag, String image, Optional<RelativeTime> since) {
    private static There of(Optional<LocatedImage> it, Instant now) {
      return new There(
          it.map(found -> found.image().map(image -> image.shortTag()).orElse(found.text()))
              .orElse(""),
          it.map(LocatedImage::text).orElse(""),
          RelativeTime.of(
              it.flatMap(LocatedImage::origin).map(LocatedImage.Origin::modifiedAt), now));
    }
  }

  public static ComparePage of(
      ProjectStatus status,
      String from,
      String to,
      String problem,
      Optional<Comparison> comparison,
      Instant now) {
    return new ComparePage(
        status.desired().project().value(),
        options(status, from),
        options(status, to),
        problem,
        comparison.map(it -> Compared.of(it, now)));
  }

  /** What was chosen on the one side. */
  public String chosenFrom() {
    return chosen(from);
  }

  /** What was chosen on the other side. */
  public String chosenTo() {
    return chosen(to);
  }

  private static String chosen(List<Option> options) {
    return options.stream().filter(Option::chosen).map(Option::value).findFirst().orElseThrow();
  }

  /** What people most often want to know: what is still to come to the last environment. */
  public static String defaultTo(ProjectStatus status) {
    List<DesiredEnvironment> ordered = status.desired().environmentsInOrder();
    return ordered.isEmpty()
        ? "label:" + status.desired().releases().fromLabel()
        : "environment:" + ordered.getLast().id();
  }

  public static String defaultFrom(ProjectStatus status) {
    List<DesiredEnvironment> ordered = status.desired().environmentsInOrder();
    return ordered.isEmpty()
        ? "label:" + status.desired().releases().fromLabel()
        : ordered
            .getLast()
            .promotion()
            .map(PromotionPolicy::from)
            .map(
                source ->
                    switch (source) {
                      case Label label -> "label:" + label;
                      case EnvironmentId id -> "environment:" + id;
                    })
            .orElse("label:" + status.desired().releases().fromLabel());
  }

  private static List<Option> options(ProjectStatus status, String chosen) {
    var options = new ArrayList<Option>();
    status
        .desired()
        .watchedLabels()
        .forEach(label -> options.add(option("label:" + label, "label " + label, chosen)));
    status
        .desired()
        .environmentsInOrder()
        .forEach(it -> options.add(option("environment:" + it.id(), it.name(), chosen)));
    status.seen().stream()
        .flatMap(seen -> seen.observed().releases().values().stream())
        .sorted(Release.BY_AGE.reversed())
        .map(
            it ->
                option(
                    "release:" + it.id(),
                    "release %s: %s".formatted(it.id().shortForm(), it.description()),
                    chosen))
        .forEach(options::add);
    if (options.stream().noneMatch(Option::chosen)) {
      options.add(option(chosen, chosen, chosen));
    }
    return options;
  }

  private static Option option(String value, String words, String chosen) {
    return new Option(value, words, value.equals(chosen));
  }
}
