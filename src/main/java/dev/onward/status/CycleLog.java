package dev.onward.status;

import dev.onward.manifest.ManifestChange;
import dev.onward.manifest.ManifestChange.ProblemAppeared;
import dev.onward.manifest.ManifestChange.ProblemSolved;
import dev.onward.manifest.ManifestChange.ProjectAdded;
import dev.onward.manifest.ManifestChange.ProjectChanged;
import dev.onward.manifest.ManifestChange.ProjectKept;
import dev.onward.manifest.ManifestChange.ProjectRemoved;
import dev.onward.manifest.Manifests;
import dev.onward.model.ProjectId;
import dev.onward.reconcile.CycleListener;
import dev.onward.reconcile.CycleReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.MDC;

/**
 * Tells the person on call what happened: a line a thing that changed, with project, environment
 * and release as fields of their own. A cycle that changed nothing says nothing.
 */
@ApplicationScoped
public class CycleLog implements CycleListener {
  private static final Logger LOG = Logger.getLogger(CycleLog.class);

  private final Map<ProjectId, ProjectStatus> told = new ConcurrentHashMap<>();

  @Override
  public void cycleEnded(CycleReport report) {
    ProjectId project = report.desired().project();
    ProjectStatus before =
        Optional.ofNullable(told.get(project))
            .orElseGet(() -> ProjectStatus.unseen(report.desired()))
            .asking(report.desired());
    ProjectStatus after = before.after(report);
    StatusLines.between(before, after).forEach(CycleLog::log);
    told.put(project, after);
  }

  @Override
  public void projectRemoved(ProjectId project) {
    told.remove(project);
  }

  @Override
  public void manifestsChanged(Manifests manifests, List<ManifestChange> changes) {
    for (ManifestChange change : changes) {
      log(level(change), Fields.of(project(change)), change.message());
    }
  }

  private static Level level(ManifestChange change) {
    return switch (change) {
      case ProblemAppeared(var problem) -> problem.isError() ? Level.ERROR : Level.WARN;
      case ProjectKept kept -> Level.WARN;
      case ProjectAdded added -> Level.INFO;
      case ProjectChanged changed -> Level.INFO;
      case ProjectRemoved removed -> Level.INFO;
      case ProblemSolved solved -> Level.INFO;
    };
  }

  private static Optional<ProjectId> project(ManifestChange change) {
    return switch (change) {
      case ProblemAppeared(var problem) -> problem.project();
      case ProblemSolved(var problem) -> problem.project();
      case ProjectKept kept -> Optional.of(kept.project());
      case ProjectAdded added -> Optional.of(added.project());
      case ProjectChanged changed -> Optional.of(changed.project());
      case ProjectRemoved removed -> Optional.of(removed.project());
    };
  }

  private static void log(LogLine line) {
    var fields =
        new Fields(
            Optional.of(line.project().value()),
            line.environment().map(environment -> environment.value()),
            line.release().map(release -> release.value()));
    log(line.level(), fields, line.text());
  }

  private static void log(Level level, Fields fields, String text) {
    fields.project().ifPresent(project -> MDC.put("project", project));
    fields.environment().ifPresent(environment -> MDC.put("environment", environment));
    fields.release().ifPresent(release -> MDC.put("release", release));
    try {
      LOG.log(level, text);
    } finally {
      MDC.remove("project");
      MDC.remove("environment");
      MDC.remove("release");
    }
  }

  /** What machines find lines by. */
  private record Fields(
      Optional<String> project, Optional<String> environment, Optional<String> release) {
    static Fields of(Optional<ProjectId> project) {
      return new Fields(project.map(ProjectId::value), Optional.empty(), Optional.empty());
    }
  }
}
