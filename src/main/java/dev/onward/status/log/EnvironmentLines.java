package dev.onward.status.log;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ProjectId;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.EnvironmentExplanation.Drifted;
import dev.onward.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger.Level;

/** The differences of one environment that no action line covers. */
final class EnvironmentLines {
  private static final int SHOWN = 5;

  private final ProjectId project;

  EnvironmentLines(ProjectId project) {
    this.project = project;
  }

  /**
   * @param before absent on first observation
   * @param writing whether its parameters are about to be written, which gets its own line then
   * @param wrote whether its parameters were written in this cycle, which has its own line
   */
  List<LogLine> between(
      Optional<EnvironmentExplanation> before,
      EnvironmentExplanation after,
      boolean writing,
      boolean wrote) {
    var lines = new ArrayList<LogLine>();
    Optional<Object> why = whyNot(after, writing);
    if (why.isPresent() && !before.flatMap(b -> whyNot(b, false)).equals(why)) {
      lines.add(line(levelOf(after), after, after.summary()));
    }
    if (isLost(after) && !before.map(EnvironmentLines::isLost).orElse(false)) {
      lines.add(line(Level.WARN, after, after.summary()));
    }
    drift(before, after, wrote).ifPresent(lines::add);
    if (!after.unmanaged().isEmpty()
        && before.filter(b -> b.unmanaged().equals(after.unmanaged())).isEmpty()) {
      lines.add(
          line(
              Level.INFO,
              after,
              "unmanaged, since the release does not name them: "
                  + ActionLines.listed(after.unmanaged())));
    }
    return lines;
  }

  /**
   * Distinguishes the reasons why nothing is promoted. Not the sentence, which may count down and
   * would produce a line every cycle.
   */
  private static Optional<Object> whyNot(EnvironmentExplanation it, boolean writing) {
    return switch (it.state()) {
      case HELD ->
          Optional.of(
              List.of(it.state(), candidate(it), it.held().stream().map(Verdict::gate).toList()));
      case PAUSED -> Optional.of(List.of(it.state(), it.skipped().getFirst().release().id()));
      case CONVERGING ->
          writing ? Optional.empty() : Optional.of(List.of(it.state(), it.summary()));
      case BEHIND, AHEAD, DIVERGED -> Optional.of(List.of(it.state(), current(it)));
      case EMPTY, UNMANAGED, IN_SYNC, PROMOTING -> Optional.empty();
    };
  }

  /** A warning if an operator must intervene; a hold or a hotfix is intentional. */
  private static Level levelOf(EnvironmentExplanation it) {
    return switch (it.state()) {
      case AHEAD, BEHIND -> Level.WARN;
      // Nothing proceeds until an operator replaces the parameter.
      case CONVERGING -> it.blocked().isEmpty() ? Level.INFO : Level.WARN;
      default -> Level.INFO;
    };
  }

  private static Optional<ReleaseId> current(EnvironmentExplanation it) {
    return it.current().map(DeployedRelease::release);
  }

  private static Optional<ReleaseId> candidate(EnvironmentExplanation it) {
    return it.candidate().map(candidate -> candidate.release().id());
  }

  private static boolean isLost(EnvironmentExplanation it) {
    return it.current().isPresent() && it.currentRelease().isEmpty();
  }

  /** While the older tool is still writing its deployment, differences are not drift yet. */
  private Optional<LogLine> drift(
      Optional<EnvironmentExplanation> before, EnvironmentExplanation after, boolean wrote) {
    List<Drifted> was = before.map(EnvironmentLines::settledDrift).orElse(List.of());
    List<Drifted> is = settledDrift(after);
    if (is.equals(was)) {
      return Optional.empty();
    }
    if (!is.isEmpty()) {
      return Optional.of(
          line(Level.WARN, after, "parameters drifted from the deployment: " + described(is)));
    }
    boolean sameDeployment = before.filter(b -> b.current().equals(after.current())).isPresent();
    return sameDeployment && !wrote
        ? Optional.of(line(Level.INFO, after, "parameters match the deployment again"))
        : Optional.empty();
  }

  private static List<Drifted> settledDrift(EnvironmentExplanation it) {
    return it.converged() ? it.drift() : List.of();
  }

  private static String described(List<Drifted> drift) {
    String some =
        drift.stream()
            .limit(SHOWN)
            .map(EnvironmentLines::described)
            .collect(Collectors.joining("; "));
    int more = drift.size() - SHOWN;
    return more > 0 ? some + "; and %s more".formatted(more) : some;
  }

  private static String described(Drifted drifted) {
    return "%s is %s instead of %s"
        .formatted(drifted.service(), drifted.found().orElse("missing"), drifted.expected());
  }

  private LogLine line(Level level, EnvironmentExplanation about, String sentence) {
    EnvironmentId environment = about.environment();
    var line = LogLine.of(level, project, sentence).in(environment);
    return candidate(about)
        .or(() -> about.current().map(DeployedRelease::release))
        .map(line::about)
        .orElse(line);
  }
}
