package dev.onward.status.log;

import dev.onward.model.ProjectId;
import dev.onward.plan.Action;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.LabelExplanation;
import dev.onward.plan.Words;
import dev.onward.reconcile.execute.ActionResult;
import dev.onward.status.ProjectStatus;
import dev.onward.status.ProjectStatus.Failing;
import dev.onward.status.ProjectStatus.Seen;
import dev.onward.store.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger.Level;

/**
 * The log lines for the differences between two statuses of a project: actions, and changes of
 * state. None if nothing changed.
 */
public final class StatusLines {
  private final ProjectId project;
  private final ProjectStatus before;
  private final ProjectStatus after;

  private StatusLines(ProjectStatus before, ProjectStatus after) {
    this.project = after.desired().project();
    this.before = before;
    this.after = after;
  }

  /**
   * @param after the status after exactly one more cycle
   */
  static List<LogLine> between(ProjectStatus before, ProjectStatus after) {
    var lines = new StatusLines(before, after);
    var all = new ArrayList<LogLine>();
    if (after.isReached()) {
      after.seen().ifPresent(seen -> all.addAll(lines.seen(seen)));
    }
    lines.failure().ifPresent(all::add);
    return all;
  }

  /** Only whether the project can be observed. */
  static List<LogLine> ofFailure(ProjectStatus before, ProjectStatus after) {
    return new StatusLines(before, after).failure().stream().toList();
  }

  private List<LogLine> seen(Seen seen) {
    List<ActionResult> results = after.lastCycle().map(cycle -> cycle.results()).orElse(List.of());
    var lines = new ArrayList<LogLine>(unrecognized(seen).stream().toList());
    var actions = new ActionLines(project, seen.observed());
    lines.addAll(actions.done(results));
    // In act mode a plan always has results; without any, Onward runs in observe mode.
    if (results.isEmpty()) {
      lines.addAll(newlyPlanned(actions, seen));
    }
    for (LabelExplanation label : seen.plan().labels().values()) {
      var earlier =
          before.seen().flatMap(s -> Optional.ofNullable(s.plan().labels().get(label.label())));
      new LabelLines(project).between(earlier, label).forEach(lines::add);
    }
    for (EnvironmentExplanation environment : after.explanations()) {
      lines.addAll(environment(environment, seen, results));
    }
    return lines;
  }

  private List<LogLine> newlyPlanned(ActionLines actions, Seen seen) {
    var known =
        new HashSet<>(
            before.seen().map(s -> actions.planned(s.plan().actions())).orElse(List.of()));
    return actions.planned(seen.plan().actions()).stream()
        .filter(line -> !known.contains(line))
        .toList();
  }

  private List<LogLine> environment(
      EnvironmentExplanation environment, Seen seen, List<ActionResult> results) {
    var earlier = before.explanation(environment.environment());
    boolean writing = seen.plan().actions().stream().anyMatch(writes(environment));
    boolean wrote = results.stream().map(ActionResult::action).anyMatch(writes(environment));
    return new EnvironmentLines(project).between(earlier, environment, writing, wrote);
  }

  private static Predicate<Action> writes(EnvironmentExplanation environment) {
    return action ->
        action instanceof Action.ConvergeParameters
            && action.target().equals(environment.environment());
  }

  private Optional<LogLine> unrecognized(Seen seen) {
    List<String> unrecognized = seen.observed().unrecognized();
    boolean same =
        before.seen().filter(s -> s.observed().unrecognized().equals(unrecognized)).isPresent();
    if (unrecognized.isEmpty() || same) {
      return Optional.empty();
    }
    String more =
        unrecognized.size() > 1 ? " (and %s more)".formatted(unrecognized.size() - 1) : "";
    return Optional.of(
        LogLine.of(
            Level.WARN,
            project,
            "ignored, since it names no service: " + unrecognized.getFirst() + more));
  }

  private Optional<LogLine> failure() {
    Optional<Failing> was = before.failing();
    if (after.failing().isEmpty()) {
      return was.map(this::recovered);
    }
    Failure failure = after.failing().get().failure();
    return was.filter(w -> isSame(w.failure(), failure)).isPresent()
        ? Optional.empty()
        : Optional.of(LogLine.of(Level.WARN, project, said(failure)));
  }

  /**
   * The messages of transient failures vary; of those that an operator must resolve, every word
   * counts.
   */
  public static boolean isSame(Failure one, Failure other) {
    return one.kind() == other.kind()
        && (one.kind() != Failure.Kind.STALLED || one.message().equals(other.message()));
  }

  private static String said(Failure failure) {
    return switch (failure.kind()) {
      case STALLED -> "stalled until an operator intervenes: " + failure.message();
      case WAITING -> "waiting: " + failure.message();
      case TRANSIENT -> "failed, will be retried: " + failure.message();
    };
  }

  private LogLine recovered(Failing was) {
    Instant now = after.lastCycle().map(c -> c.startedAt().plus(c.duration())).orElse(was.since());
    return LogLine.of(
        Level.INFO,
        project,
        "recovered after %s and %s failed %s"
            .formatted(
                Words.of(Duration.between(was.since(), now)),
                was.cycles(),
                was.cycles() == 1 ? "cycle" : "cycles"));
  }
}
