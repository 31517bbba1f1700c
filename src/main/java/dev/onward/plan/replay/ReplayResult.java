package dev.onward.plan.replay;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ProjectId;
import dev.onward.model.release.Release;
import dev.onward.plan.SourceSync;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a policy would have done with a recorded history, beside what was really done.
 *
 * @param environments in the manifest's order
 * @param releases oldest first: those created from {@code from} to {@code to}, and older ones that
 *     were or would have been deployed then
 * @param endedAt {@code to}, or the moment up to which the replay came if it had to give up
 * @param notes what limits the result, in sentences for people
 */
public record ReplayResult(
    ProjectId project,
    Instant from,
    Instant to,
    Instant endedAt,
    ReplayAssumptions assumptions,
    List<Summary> environments,
    List<Row> releases,
    List<String> notes) {
  public ReplayResult {
    environments = List.copyOf(environments);
    releases = List.copyOf(releases);
    notes = List.copyOf(notes);
  }

  /** Whether all of the time that was asked for was replayed. */
  public boolean complete() {
    return !endedAt.isBefore(to);
  }

  /** With something more that limits the result. */
  public ReplayResult noting(List<String> more) {
    var all = new ArrayList<>(notes);
    all.addAll(more);
    return new ReplayResult(project, from, to, endedAt, assumptions, environments, releases, all);
  }

  /** One release, in every environment of the manifest. */
  public record Row(Release release, SortedMap<EnvironmentId, Cell> cells) {
    public Row {
      cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
    }
  }

  /**
   * One release in one environment.
   *
   * @param policy what would have become of it
   * @param really when it was deployed there, until {@code to}; oldest first
   */
  public record Cell(ReplayFate policy, List<Instant> really) {
    public Cell {
      really = List.copyOf(really);
    }
  }

  /**
   * One environment in figures.
   *
   * @param sync how its release would relate to its source's at the end
   * @param policy of the replay, people's deployments that it made included
   */
  public record Summary(
      EnvironmentId environment,
      String name,
      Optional<SourceSync> sync,
      Figures policy,
      Figures really) {}

  /**
   * How often and how soon releases came.
   *
   * @param deployments all that were made in the time that was replayed
   * @param median time from a release's creation to its first deployment in the environment, where
   *     that was in the time that was replayed; absent if there was none
   * @param longest of these times
   */
  public record Figures(int deployments, Optional<Duration> median, Optional<Duration> longest) {
    static Figures of(int deployments, List<Duration> times) {
      if (times.isEmpty()) {
        return new Figures(deployments, Optional.empty(), Optional.empty());
      }
      List<Duration> sorted = times.stream().sorted().toList();
      Duration upper = sorted.get(sorted.size() / 2);
      Duration lower = sorted.get((sorted.size() - 1) / 2);
      return new Figures(
          deployments, Optional.of(lower.plus(upper).dividedBy(2)), Optional.of(sorted.getLast()));
    }
  }
}
