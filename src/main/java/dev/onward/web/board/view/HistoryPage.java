package dev.onward.web.board.view;

import dev.onward.model.release.Deployment;
import dev.onward.model.release.Release;
import dev.onward.status.ProjectStatus;
import dev.onward.store.ReleaseStore.ReleasePage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A project's releases and deployments over time.
 *
 * @param older leads to the next page of releases
 * @param newest whether this is the first page, which grows
 */
public record HistoryPage(
    String project,
    Timeline timeline,
    List<Range> ranges,
    List<Line> releases,
    Optional<String> older,
    List<String> unreadable,
    boolean newest) {

  /** How much time the drawing shows. */
  public enum Range {
    QUARTER("15m", "15 minutes", Duration.ofMinutes(15)),
    HOUR("1h", "1 hour", Duration.ofHours(1)),
    DAY("1d", "1 day", Duration.ofDays(1)),
    WEEK("7d", "7 days", Duration.ofDays(7)),
    MONTH("30d", "30 days", Duration.ofDays(30));

    private final String word;
    private final String words;
    private final Duration duration;

    Range(String word, String words, Duration duration) {
      this.word = word;
      this.words = words;
      this.duration = duration;
    }

    public String word() {
      return word;
    }

    public String words() {
      return words;
    }

    Duration duration() {
      return duration;
    }

    /** The shortest that has all deployments remembered, unless one is asked for. */
    public static Range of(Optional<String> asked, Optional<Instant> oldest, Instant now) {
      for (Range range : values()) {
        boolean fits = oldest.map(at -> at.isAfter(now.minus(range.duration))).orElse(true);
        if (asked.map(range.word::equals).orElse(fits)) {
          return range;
        }
      }
      return MONTH;
    }
  }

  /** A release and where it went. */
  record Line(ReleaseLink release, String by, List<Step> deployments) {
    private static Line of(Release release, Instant now) {
      return new Line(
          ReleaseLink.of(release, now),
          release.requestedBy().name(),
          release.deployments().stream()
              .sorted(Comparator.comparing(Deployment::createdAt).reversed())
              .map(deployment -> Step.of(deployment, now))
              .toList());
    }
  }

  /** One deployment. */
  record Step(String environment, RelativeTime at, String by, String why) {
    static Step of(Deployment it, Instant now) {
      return new Step(
          it.environmentName(),
          RelativeTime.of(it.createdAt(), now),
          it.requestedBy().name(),
          it.description());
    }
  }

  public static HistoryPage of(
      ProjectStatus status, ReleasePage page, Range range, boolean newest, Instant now) {
    return new HistoryPage(
        status.desired().project().value(),
        Timeline.of(status, range.duration(), now),
        List.of(Range.values()),
        page.releases().stream().map(release -> Line.of(release, now)).toList(),
        page.cursor(),
        page.unreadable(),
        newest);
  }
}
