package dev.onward.web.board.view;

import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.ObservedEnvironment;
import dev.onward.plan.ObservedState;
import dev.onward.status.ProjectStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which release was where and when, as a drawing: a lane for the releases and one for each
 * environment, from what the environments' heads remember (their last {@value
 * EnvironmentHead#HISTORY_LIMIT} deployments).
 *
 * @param width in the drawing's own units, as all that follows
 */
record Timeline(int width, int height, List<Lane> lanes, List<Tick> ticks) {
  private static final int WIDTH = 1180;
  private static final int LEFT = 128;
  private static final int RIGHT = 12;
  private static final int TOP = 26;
  private static final int LANE = 44;
  private static final int BAR = 28;
  private static final int LETTER = 7;
  private static final int COLOURS = 8;
  private static final int TICKS = 6;

  /** A row of the drawing. */
  record Lane(String name, int y, int middle, Optional<Unknown> unknown, List<Bar> bars) {}

  /** A time of which the head remembers nothing, though something was there. */
  record Unknown(int x, int y, int width, int height, String says) {}

  /**
   * A release being somewhere for a time, or being cut.
   *
   * @param colour the same for the same release everywhere
   * @param text empty where there is no room for it
   * @param says all of it
   */
  record Bar(
      String release, int x, int y, int width, int height, int colour, String text, String says) {}

  /**
   * A moment on the axis.
   *
   * @param day whether the day is enough
   */
  record Tick(int x, String iso, boolean day, String text) {}

  static Timeline of(ProjectStatus status, Duration range, Instant now) {
    return new Drawing(status, now.minus(range), now).timeline();
  }

  /** What all of one drawing share. */
  private static final class Drawing {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
        DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final ProjectStatus status;
    private final Instant from;
    private final Instant to;
    private final Map<ReleaseId, Integer> colours = new HashMap<>();
    private final TreeMap<Instant, ReleaseId> created = new TreeMap<>();

    Drawing(ProjectStatus status, Instant from, Instant to) {
      this.status = status;
      this.from = from;
      this.to = to;
      releases().forEach(created::put);
      created.values().forEach(id -> colours.putIfAbsent(id, colours.size() % COLOURS));
    }

    Timeline timeline() {
      var lanes = new ArrayList<Lane>();
      lanes.add(releaseLane());
      for (DesiredEnvironment environment : status.desired().environmentsInOrder()) {
        lanes.add(lane(environment, TOP + lanes.size() * LANE));
      }
      return new Timeline(WIDTH, TOP + lanes.size() * LANE + 8, lanes, ticks());
    }

    private Map<Instant, ReleaseId> releases() {
      var all = new HashMap<Instant, ReleaseId>();
      status.seen().stream()
          .flatMap(seen -> seen.observed().releases().values().stream())
          .forEach((Release release) -> all.put(release.createdAt(), release.id()));
      heads()
          .flatMap(head -> head.history().stream())
          .forEach(entry -> all.put(entry.releaseCreatedAt(), entry.release()));
      return all;
    }

    private Stream<EnvironmentHead> heads() {
      return status.seen().stream()
          .map(ProjectStatus.Seen::observed)
          .flatMap((ObservedState seen) -> seen.environments().values().stream())
          .flatMap((ObservedEnvironment environment) -> environment.head().stream());
    }

    private Lane releaseLane() {
      List<Bar> cuts =
          created.tailMap(from, true).entrySet().stream()
              .map(cut -> bar(cut.getValue(), cut.getKey(), cut.getKey(), TOP, "cut"))
              .toList();
      return new Lane("releases", TOP, TOP + LANE / 2, Optional.empty(), cuts);
    }

    private Lane lane(DesiredEnvironment environment, int y) {
      List<DeployedRelease> history =
          status
              .seen()
              .flatMap(
                  seen -> Optional.ofNullable(seen.observed().environments().get(environment.id())))
              .flatMap(ObservedEnvironment::head)
              .map(EnvironmentHead::history)
              .orElse(List.of());
      var bars = new ArrayList<Bar>();
      for (int i = 0; i < history.size(); i++) {
        Instant until = i + 1 < history.size() ? history.get(i + 1).deployedAt() : to;
        if (until.isAfter(from)) {
          DeployedRelease it = history.get(i);
          bars.add(
              bar(it.release(), it.deployedAt(), until, y, EnvironmentCard.decidedBy(it.origin())));
        }
      }
      return new Lane(environment.name(), y, y + LANE / 2, unknown(history, y), bars);
    }

    /** Empty where the first deployment that is remembered is the first that there was. */
    private Optional<Unknown> unknown(List<DeployedRelease> history, int y) {
      return history.stream()
          .findFirst()
          .filter(
              first ->
                  history.size() >= EnvironmentHead.HISTORY_LIMIT
                      || first.origin() == DeploymentOrigin.FIRST_SIGHT)
          .filter(first -> first.deployedAt().isAfter(from))
          .map(
              first ->
                  new Unknown(
                      LEFT,
                      y + (LANE - BAR) / 2,
                      x(first.deployedAt()) - LEFT,
                      BAR,
                      history.size() >= EnvironmentHead.HISTORY_LIMIT
                          ? "earlier deployments are not drawn, only the last %s; the list has them"
                              .formatted(EnvironmentHead.HISTORY_LIMIT)
                          : "what was here before Onward managed it is not drawn; the list has"
                              + " it"));
    }

    private Bar bar(ReleaseId id, Instant begin, Instant end, int y, String how) {
      int x = x(begin.isBefore(from) ? from : begin);
      int width = Math.max(6, x(end) - x);
      String tag = id.shortForm();
      return new Bar(
          id.value(),
          x,
          y + (LANE - BAR) / 2,
          width,
          BAR,
          Optional.ofNullable(colours.get(id)).orElse(0),
          width > tag.length() * LETTER + 8 ? tag : "",
          "%s, %s, %s".formatted(tag, how, RelativeTime.of(begin, to).exact()));
    }

    private int x(Instant at) {
      double share =
          (double) Duration.between(from, at).toMillis() / Duration.between(from, to).toMillis();
      return LEFT + (int) Math.round(share * (WIDTH - LEFT - RIGHT));
    }

    private List<Tick> ticks() {
      Duration step = Duration.between(from, to).dividedBy(TICKS);
      return Stream.iterate(
              from.plus(step.dividedBy(2)), at -> at.isBefore(to), at -> at.plus(step))
          .map(at -> new Tick(x(at), at.toString(), step.toHours() >= 24, label(at, step)))
          .sorted(Comparator.comparingInt(Tick::x))
          .toList();
    }

    private static String label(Instant at, Duration step) {
      return step.toHours() < 24 ? TIME.format(at) : DAY.format(at);
    }
  }
}
