package dev.onward.web.board.view;

import dev.onward.manifest.Manifests;
import dev.onward.manifest.document.ManifestProblem;
import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.status.ProjectStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All projects, what needs a person first.
 *
 * @param query what was searched for; empty for everything
 * @param only the tone that was asked for; empty for every one
 * @param columns the environments' ids
 * @param rows those that match, a page of them
 * @param from how many of those that match come before
 * @param matching how many match
 * @param counts how many projects there are of each tone, matching or not
 * @param notes what is to be said of everything
 */
public record OverviewPage(
    String query,
    String only,
    List<String> columns,
    List<OverviewRow> rows,
    int from,
    int matching,
    List<Count> counts,
    List<OverviewRow.Note> notes,
    int projects) {
  /** More than anybody reads, and few enough to be there at once. */
  static final int ROWS = 100;

  public boolean hasMore() {
    return from + rows.size() < matching;
  }

  /** Where the next page begins. */
  public int next() {
    return from + ROWS;
  }

  /** Where the page before begins. */
  public int previous() {
    return Math.max(0, from - ROWS);
  }

  /** How many projects there are of a tone. */
  record Count(Attention tone, String word, long projects, boolean chosen) {}

  public static OverviewPage of(
      Collection<ProjectStatus> projects,
      Manifests manifests,
      InterventionState globalInterventions,
      String query,
      String only,
      int from,
      Instant now) {
    List<String> columns = columns(projects);
    List<ProjectAttention> all =
        projects.stream()
            .map(status -> need(status, manifests, now))
            .sorted(ProjectAttention.MOST_URGENT_FIRST)
            .toList();
    String wanted = query.strip().toLowerCase(Locale.ROOT);
    List<ProjectAttention> matching =
        all.stream()
            .filter(need -> isOf(need, only))
            .filter(need -> wanted.isEmpty() || matches(need, wanted, now))
            .toList();
    return new OverviewPage(
        query.strip(),
        only,
        columns,
        matching.stream()
            .skip(from)
            .limit(ROWS)
            .map(need -> OverviewRow.of(need, columns, now))
            .toList(),
        from,
        matching.size(),
        counts(all, only),
        notes(projects, manifests, globalInterventions, now),
        all.size());
  }

  /** Of one project alone, as it stands in the table of all. */
  public static Optional<OverviewRow> row(
      Collection<ProjectStatus> projects, Manifests manifests, String id, Instant now) {
    return projects.stream()
        .filter(status -> status.desired().project().value().equals(id))
        .findFirst()
        .map(status -> OverviewRow.of(need(status, manifests, now), columns(projects), now));
  }

  private static ProjectAttention need(ProjectStatus status, Manifests manifests, Instant now) {
    return ProjectAttention.of(status, manifests.stale().contains(status.desired().project()), now);
  }

  private static List<OverviewRow.Note> notes(
      Collection<ProjectStatus> projects,
      Manifests manifests,
      InterventionState globalInterventions,
      Instant now) {
    var notes = new ArrayList<OverviewRow.Note>();
    ProjectStatus.commonStall(projects)
        .map(reason -> new OverviewRow.Note(Attention.BROKEN, "Nothing is decided: " + reason))
        .ifPresent(notes::add);
    manifests.problems().stream()
        .filter(ManifestProblem::isError)
        .map(problem -> new OverviewRow.Note(Attention.BROKEN, problem.toString()))
        .forEach(notes::add);
    globalInterventions.freezes().stream()
        .filter(freeze -> freeze.set().isInForce(now))
        .map(
            freeze ->
                new OverviewRow.Note(
                    Attention.STOPPED,
                    "Everything is frozen by %s: %s"
                        .formatted(freeze.set().by().name(), freeze.set().reason())))
        .forEach(notes::add);
    return notes;
  }

  /** Those that come early on the way of a release stand on the left. */
  private static List<String> columns(Collection<ProjectStatus> projects) {
    Map<String, Integer> places = new HashMap<>();
    for (ProjectStatus status : projects) {
      List<DesiredEnvironment> ordered = status.desired().environmentsInOrder();
      for (int place = 0; place < ordered.size(); place++) {
        places.merge(ordered.get(place).id().value(), place, Math::max);
      }
    }
    return places.keySet().stream()
        .sorted(
            Comparator.comparing((String id) -> places.getOrDefault(id, 0))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** By project, environment or release: whatever somebody has in hand. */
  private static boolean matches(ProjectAttention need, String wanted, Instant now) {
    ProjectStatus status = need.status();
    return need.sortedAs().contains(wanted)
        || contains(status.desired().project().value(), wanted)
        || status.desired().environments().stream()
            .map(environment -> EnvironmentSummary.of(status, environment, now))
            .anyMatch(
                summary ->
                    contains(summary.says(), wanted)
                        || summary.release().filter(it -> it.id().startsWith(wanted)).isPresent());
  }

  private static boolean contains(String text, String wanted) {
    return text.toLowerCase(Locale.ROOT).contains(wanted);
  }

  private static boolean isOf(ProjectAttention need, String only) {
    return only.isEmpty() || need.tone().word().equals(only);
  }

  private static List<Count> counts(List<ProjectAttention> needs, String only) {
    Map<Attention, Long> projects =
        needs.stream()
            .collect(Collectors.groupingBy(ProjectAttention::tone, Collectors.counting()));
    return Arrays.stream(Attention.values())
        .map(
            tone ->
                new Count(
                    tone, tone.word(), projects.getOrDefault(tone, 0L), tone.word().equals(only)))
        .filter(count -> count.projects() > 0 || count.chosen())
        .toList();
  }
}
