package dev.onward.web.api.replay;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.Release;
import dev.onward.plan.Words;
import dev.onward.plan.replay.ReplayFate;
import dev.onward.plan.replay.ReplayResult;
import dev.onward.plan.replay.ReplayResult.Cell;
import dev.onward.plan.replay.ReplayResult.Figures;
import dev.onward.plan.replay.ReplayResult.Row;
import dev.onward.plan.replay.ReplayResult.Summary;
import dev.onward.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A replay as plain text for people, in columns that line up. */
final class ReplayTable {
  private static final int LONGEST_DESCRIPTION = 40;
  private static final String NOTHING = "-";
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final ReplayResult result;

  private ReplayTable(ReplayResult result) {
    this.result = result;
  }

  static String of(ReplayResult result) {
    return new ReplayTable(result).text();
  }

  private String text() {
    var lines = new ArrayList<String>();
    lines.add(
        "Replay of %s from %s to %s UTC"
            .formatted(result.project(), minute(result.from()), minute(result.endedAt())));
    lines.add("");
    lines.addAll(aligned(releases()));
    lines.add("");
    lines.addAll(aligned(figures()));
    section(lines, "At the end:", sync());
    section(lines, "Held at the end:", held());
    section(lines, "Not considered:", notConsidered());
    section(lines, "Assumed:", result.assumptions().sentences());
    section(lines, "Note:", result.notes());
    return String.join("\n", lines) + "\n";
  }

  private static void section(List<String> lines, String title, List<String> entries) {
    if (!entries.isEmpty()) {
      lines.add("");
      lines.add(title);
      entries.forEach(entry -> lines.add("  " + entry));
    }
  }

  private List<List<String>> releases() {
    var rows = new ArrayList<List<String>>();
    var heading = new ArrayList<>(List.of("created (UTC)", "release", "description"));
    for (EnvironmentId environment : environments()) {
      heading.add(environment + ", policy");
      heading.add(environment + ", really");
    }
    rows.add(heading);
    for (Row row : result.releases()) {
      Release release = row.release();
      var cells = new ArrayList<String>();
      cells.add(minute(release.createdAt()));
      cells.add(printable(release.id().shortForm()));
      cells.add(cut(printable(release.description())));
      for (EnvironmentId environment : environments()) {
        Optional<Cell> cell = Optional.ofNullable(row.cells().get(environment));
        cells.add(cell.map(Cell::policy).map(ReplayTable::fate).orElse(NOTHING));
        cells.add(cell.map(Cell::really).map(ReplayTable::times).orElse(NOTHING));
      }
      rows.add(cells);
    }
    return rows;
  }

  private List<EnvironmentId> environments() {
    return result.environments().stream().map(Summary::environment).toList();
  }

  private static String fate(ReplayFate outcome) {
    return switch (outcome) {
      case ReplayFate.Deployed(Instant at, boolean byPerson) ->
          byPerson ? minute(at) + " by a person" : minute(at);
      case ReplayFate.Superseded superseded ->
          "superseded by " + printable(superseded.by().shortForm());
      case ReplayFate.Held held ->
          "held: " + held.verdicts().stream().map(Verdict::gate).collect(Collectors.joining(", "));
      case ReplayFate.NotConsidered _ -> "not considered";
    };
  }

  private static String times(List<Instant> times) {
    return switch (times.size()) {
      case 0 -> NOTHING;
      case 1 -> minute(times.getFirst());
      default -> "%s, again %s".formatted(minute(times.getFirst()), minute(times.getLast()));
    };
  }

  private List<List<String>> figures() {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("environment", "", "deployments", "median", "longest"));
    for (Summary summary : result.environments()) {
      rows.add(figures(summary.environment().value(), "policy", summary.policy()));
      rows.add(figures("", "really", summary.really()));
    }
    return rows;
  }

  private static List<String> figures(String environment, String whose, Figures figures) {
    return List.of(
        environment,
        whose,
        Integer.toString(figures.deployments()),
        duration(figures.median()),
        duration(figures.longest()));
  }

  private static String duration(Optional<Duration> duration) {
    return duration.map(Words::of).orElse(NOTHING);
  }

  private List<String> sync() {
    return aligned(
        result.environments().stream()
            .flatMap(
                it ->
                    it.sync().stream()
                        .map(sync -> List.of(it.environment().value(), printable(sync.sentence()))))
            .toList());
  }

  private List<String> held() {
    return reasons(
        outcome ->
            outcome instanceof ReplayFate.Held held
                ? Optional.of(
                    held.verdicts().stream().map(Verdict::reason).collect(Collectors.joining("; ")))
                : Optional.empty());
  }

  private List<String> notConsidered() {
    return reasons(
        outcome ->
            outcome instanceof ReplayFate.NotConsidered(String reason)
                ? Optional.of(reason)
                : Optional.empty());
  }

  /** What gives a reason for not sending a release to an environment. */
  private interface Reason {
    Optional<String> of(ReplayFate outcome);
  }

  private List<String> reasons(Reason reason) {
    var entries = new ArrayList<List<String>>();
    for (Row row : result.releases()) {
      row.cells()
          .forEach(
              (environment, cell) ->
                  reason
                      .of(cell.policy())
                      .ifPresent(
                          why ->
                              entries.add(
                                  List.of(
                                      printable(row.release().id().shortForm()),
                                      environment.value(),
                                      printable(why)))));
    }
    return aligned(entries);
  }

  /** Two spaces between columns, and none at the end of a line. */
  private static List<String> aligned(List<List<String>> rows) {
    var widths = new ArrayList<Integer>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = length(row.get(i));
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    var lines = new ArrayList<String>();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i)).repeat(' ', widths.get(i) - length(row.get(i)) + 2);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static String minute(Instant time) {
    return MINUTE.format(time);
  }

  private static String cut(String text) {
    return length(text) <= LONGEST_DESCRIPTION
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_DESCRIPTION - 1)) + "…";
  }

  /** People's texts must not break lines, nor tell a terminal what to do. */
  private static String printable(String text) {
    var printable = new StringBuilder();
    text.codePoints()
        .forEach(
            c ->
                printable.appendCodePoint(
                    switch (Character.getType(c)) {
                      case Character.CONTROL,
                          Character.FORMAT,
                          Character.LINE_SEPARATOR,
                          Character.PARAGRAPH_SEPARATOR,
                          Character.SURROGATE ->
                          ' ';
                      default -> c;
                    }));
    return printable.toString();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
