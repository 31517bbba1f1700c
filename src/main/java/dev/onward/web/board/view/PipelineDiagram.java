package dev.onward.web.board.view;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Source;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.EnvironmentExplanation.State;
import dev.onward.plan.LabelExplanation;
import dev.onward.plan.Words;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.status.ProjectStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way of a project's releases as a drawing: labels on the left, each environment to the right
 * of where it takes its releases from.
 *
 * @param width in the drawing's own units, as all that follows
 */
record PipelineDiagram(int width, int height, List<Box> boxes, List<Arrow> arrows) {
  private static final int BOX_WIDTH = 236;
  private static final int BOX_HEIGHT = 84;
  private static final int GAP_X = 112;
  private static final int GAP_Y = 22;
  private static final int GAP_DOWN = 44;
  private static final int INDENT = 24;
  private static final int MARGIN = 6;
  private static final int LETTERS = 26;

  /**
   * A label or an environment.
   *
   * @param link to what is told of it below
   */
  record Box(
      String link,
      int x,
      int y,
      int width,
      int height,
      Attention tone,
      String title,
      String kind,
      String release,
      String says) {}

  /**
   * From a source to what takes releases from there.
   *
   * @param path as SVG draws it
   * @param x of the gates' sign
   * @param open whether nothing holds what comes, as far as is known before something does
   * @param words what holds; empty where there is nothing to say
   * @param anchor how the words stand to their place, as SVG has it
   */
  record Arrow(
      String path,
      int x,
      int y,
      boolean open,
      Attention tone,
      String words,
      int wordsX,
      int wordsY,
      String anchor) {}

  /**
   * Where a box stands.
   *
   * @param depth how far it is on the way
   * @param row which of several ways it is on
   * @param order how many boxes are drawn before it
   * @param tall whether boxes stand one below the other, rather than ways
   */
  private record Place(int depth, int row, int order, boolean tall) {
    int x() {
      return MARGIN + depth * (tall ? INDENT : BOX_WIDTH + GAP_X);
    }

    int y() {
      return MARGIN + (tall ? order * (BOX_HEIGHT + GAP_DOWN) : row * (BOX_HEIGHT + GAP_Y));
    }
  }

  /** From the left to the right. */
  static PipelineDiagram wide(ProjectStatus status, Instant now) {
    return of(status, false, now);
  }

  /** From the top down, for a narrow page. */
  static PipelineDiagram tall(ProjectStatus status, Instant now) {
    return of(status, true, now);
  }

  private static PipelineDiagram of(ProjectStatus status, boolean tall, Instant now) {
    Map<Source, Place> places = places(status, tall);
    var boxes = new ArrayList<Box>();
    var arrows = new ArrayList<Arrow>();
    for (var entry : places.entrySet()) {
      switch (entry.getKey()) {
        case Label label -> boxes.add(box(status, label, entry.getValue(), now));
        case EnvironmentId id -> {
          DesiredEnvironment desired = status.desired().environment(id).orElseThrow();
          boxes.add(box(EnvironmentSummary.of(status, desired, now), entry.getValue()));
          desired
              .promotion()
              .flatMap(
                  policy ->
                      Optional.ofNullable(places.get(policy.from()))
                          .map(from -> arrow(status, desired, policy, from, entry.getValue(), now)))
              .ifPresent(arrows::add);
        }
      }
    }
    return new PipelineDiagram(
        places.values().stream().mapToInt(Place::x).max().orElse(0) + BOX_WIDTH + MARGIN,
        places.values().stream().mapToInt(Place::y).max().orElse(0) + BOX_HEIGHT + MARGIN,
        boxes,
        arrows);
  }

  /** The first that follows stands beside its source, each further one below. */
  private static Map<Source, Place> places(ProjectStatus status, boolean tall) {
    var followers = new LinkedHashMap<Source, List<DesiredEnvironment>>();
    var alone = new ArrayList<DesiredEnvironment>();
    status.desired().watchedLabels().forEach(label -> followers.put(label, new ArrayList<>()));
    for (DesiredEnvironment it : status.desired().environmentsInOrder()) {
      it.promotion()
          .map(PromotionPolicy::from)
          .ifPresentOrElse(
              from -> followers.computeIfAbsent(from, same -> new ArrayList<>()).add(it),
              () -> alone.add(it));
    }
    var places = new LinkedHashMap<Source, Place>();
    int row = 0;
    for (Label label : status.desired().watchedLabels()) {
      row = place(label, 0, row, tall, followers, places);
    }
    for (DesiredEnvironment it : alone) {
      row = place(it.id(), 1, row, tall, followers, places);
    }
    return places;
  }

  /** Returns the first row that is free. */
  private static int place(
      Source source,
      int depth,
      int row,
      boolean tall,
      Map<Source, List<DesiredEnvironment>> followers,
      Map<Source, Place> places) {
    places.put(source, new Place(depth, row, places.size(), tall));
    int next = row;
    for (DesiredEnvironment follower : followers.getOrDefault(source, List.of())) {
      next = place(follower.id(), depth + 1, next, tall, followers, places);
    }
    return Math.max(next, row + 1);
  }

  private static Box box(ProjectStatus status, Label label, Place place, Instant now) {
    Optional<LabelExplanation> it =
        status.seen().flatMap(seen -> Optional.ofNullable(seen.plan().labels().get(label)));
    String newest =
        it.flatMap(LabelExplanation::newest)
            .map(
                release ->
                    "%s · %s"
                        .formatted(
                            release.id().shortForm(),
                            RelativeTime.of(release.createdAt(), now).relative()))
            .orElse("no release yet");
    return box(
        place,
        "#services",
        it.map(LabelCard::tone).orElse(Attention.NONE),
        label.value(),
        "label",
        newest,
        it.map(LabelExplanation::state).map(Words::of).orElse("not evaluated yet"));
  }

  private static Box box(EnvironmentSummary it, Place place) {
    String release =
        it.release()
            .map(tag -> tag.tag() + it.deployed().map(at -> " · " + at.relative()).orElse(""))
            .orElse("nothing");
    return box(place, "#env-" + it.id(), it.tone(), it.name(), it.id(), release, it.says());
  }

  private static Box box(
      Place place,
      String link,
      Attention tone,
      String title,
      String kind,
      String release,
      String says) {
    return new Box(
        link,
        place.x(),
        place.y(),
        BOX_WIDTH,
        BOX_HEIGHT,
        tone,
        cut(title),
        kind,
        cut(release),
        cut(says));
  }

  private static Arrow arrow(
      ProjectStatus status,
      DesiredEnvironment desired,
      PromotionPolicy policy,
      Place from,
      Place to,
      Instant now) {
    Passage passage =
        status
            .explanation(desired.id())
            .map(it -> Passage.of(it, policy, now))
            .orElse(Passage.UNKNOWN);
    return to.tall() ? down(from, to, passage) : right(from, to, passage);
  }

  /** Whether something would get through to an environment now, and what to say of that. */
  private record Passage(boolean open, Attention tone, String words) {
    static final Passage UNKNOWN = new Passage(true, Attention.NONE, "");

    static Passage of(EnvironmentExplanation it, PromotionPolicy policy, Instant now) {
      if (it.candidate().isPresent()) {
        return it.held().isEmpty()
            ? new Passage(true, Attention.CALM, policy.gates().isEmpty() ? "" : "open")
            : new Passage(
                false, EnvironmentSummary.tone(it, now), Words.counted(it.held().size(), "gate"));
      }
      if (!it.held().isEmpty()) {
        return new Passage(
            false, EnvironmentSummary.heldTone(it.held()), EnvironmentSummary.held(it.held()));
      }
      if (it.state() == State.PAUSED) {
        return new Passage(false, Attention.STOPPED, "paused");
      }
      // Most gates judge a release, and there is none: that they would let one go is not known.
      return new Passage(true, Attention.NONE, policy.gates().isEmpty() ? "" : "nothing waits");
    }
  }

  private static Arrow right(Place from, Place to, Passage passage) {
    int begin = from.x() + BOX_WIDTH;
    int bend = begin + 22;
    int end = to.x() - 4;
    int y1 = from.y() + BOX_HEIGHT / 2;
    int y2 = to.y() + BOX_HEIGHT / 2;
    String path =
        y1 == y2
            ? "M%s %s H%s".formatted(begin, y1, end)
            : "M%s %s H%s V%s H%s".formatted(begin, y1, bend, y2, end);
    int middle = (bend + end) / 2;
    return new Arrow(
        path,
        middle,
        y2,
        passage.open(),
        passage.tone(),
        passage.words(),
        middle,
        y2 + 27,
        "middle");
  }

  /** As in a tree of files: along the left side of what stands between. */
  private static Arrow down(Place from, Place to, Passage passage) {
    int x = from.x() + INDENT / 2;
    int y = to.y() - GAP_DOWN / 2;
    String path =
        "M%s %s V%s H%s".formatted(x, from.y() + BOX_HEIGHT, to.y() + BOX_HEIGHT / 2, to.x() - 4);
    return new Arrow(
        path, x, y, passage.open(), passage.tone(), passage.words(), x + 20, y + 5, "start");
  }

  private static String cut(String text) {
    return text.length() <= LETTERS ? text : text.substring(0, LETTERS - 1) + "…";
  }
}
