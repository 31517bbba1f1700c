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
 * What a policy would have done with a recorded history, next to what really happened.
 *
 * @param environments in the manifest's order
 * @param releases oldest first: those created from {@code from} to {@code to}, and older ones that
 *     were or would have been deployed then
 * @param endedAt {@code to}, or the time at which the replay stopped early
 * @param notes limits of the result, as sentences for people
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

  /** Whether the whole requested period was replayed. */
  public boolean complete() {
    return !endedAt.isBefore(to);
  }

  /** This result with further limits. */
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
   * @param policy the replayed result
   * @param really when it was deployed there, until {@code to}; oldest first
   */
  public record Cell(ReplayFate policy, List<Instant> really) {
    public Cell {
      really = List.copyOf(really);
    }
  }

  /**
   * The figures of one environment.
   *
   * @param sync how its release would relate to its source's at the end
   * @param policy the replay's deployments, including people's that it repeated
   */
  public record Summary(
      EnvironmentId environment,
      String name,
      Optional<SourceSync> sync,
      Figures policy,
      Figures really) {}

  /**
   * Frequency and lead time of deployments.
   *
   * @param deployments all deployments within the replayed period
   * @param median time from a release's creation to its first deployment in the environment, if
   *     within the replayed period; absent if there was none
   * @param longest the longest of these times
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
