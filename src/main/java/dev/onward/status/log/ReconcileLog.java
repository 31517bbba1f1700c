package dev.onward.status.log;

import dev.onward.command.CommandListener;
import dev.onward.command.CommandResult;
import dev.onward.command.Publication;
import dev.onward.command.PublicationResult;
import dev.onward.manifest.ManifestChange;
import dev.onward.manifest.ManifestChange.FileMended;
import dev.onward.manifest.ManifestChange.ProblemAppeared;
import dev.onward.manifest.ManifestChange.ProjectAdded;
import dev.onward.manifest.ManifestChange.ProjectChanged;
import dev.onward.manifest.ManifestChange.ProjectKept;
import dev.onward.manifest.ManifestChange.ProjectRemoved;
import dev.onward.manifest.Manifests;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.ReconcileListener;
import dev.onward.status.ProjectStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.MDC;

/**
 * Logs what happened for the operator on call: one line for each change or command, with project,
 * environment, release and caller as structured fields. A cycle that changed nothing logs nothing.
 */
@ApplicationScoped
public class ReconcileLog implements ReconcileListener, CommandListener {
  private static final Logger LOG = Logger.getLogger(ReconcileLog.class);

  private final Map<ProjectId, ProjectStatus> told = new ConcurrentHashMap<>();

  @Override
  public void cycleEnded(CycleReport report) {
    publish(report, StatusLines::between);
  }

  /** Changes of the project are logged by the leader. */
  @Override
  public void looked(CycleReport report) {
    publish(report, StatusLines::ofFailure);
  }

  private void publish(
      CycleReport report, BiFunction<ProjectStatus, ProjectStatus, List<LogLine>> lines) {
    ProjectId project = report.desired().project();
    ProjectStatus before =
        Optional.ofNullable(told.get(project))
            .orElseGet(() -> ProjectStatus.unseen(report.desired()))
            .asking(report.desired());
    ProjectStatus after = before.after(report);
    lines.apply(before, after).forEach(ReconcileLog::log);
    told.put(project, after);
  }

  @Override
  public void commandEnded(
      DesiredState desired,
      OperatorCommand command,
      Attribution attribution,
      CommandResult report) {
    new CommandLines(Optional.of(desired.project()), attribution)
        .of(command, report)
        .ifPresent(ReconcileLog::log);
  }

  @Override
  public void published(
      DesiredState desired,
      Publication publication,
      Attribution attribution,
      PublicationResult report) {
    new PublicationLines(desired.project(), publication, attribution)
        .of(report)
        .forEach(ReconcileLog::log);
  }

  @Override
  public void globalCommandEnded(
      Intervention intervention, Attribution attribution, CommandResult report) {
    new CommandLines(Optional.empty(), attribution)
        .of(new OperatorCommand.Say(intervention), report)
        .ifPresent(ReconcileLog::log);
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
      case FileMended mended -> Level.INFO;
    };
  }

  private static Optional<ProjectId> project(ManifestChange change) {
    return switch (change) {
      case ProblemAppeared(var problem) -> problem.project();
      case FileMended mended -> Optional.empty();
      case ProjectKept kept -> Optional.of(kept.project());
      case ProjectAdded added -> Optional.of(added.project());
      case ProjectChanged changed -> Optional.of(changed.project());
      case ProjectRemoved removed -> Optional.of(removed.project());
    };
  }

  private static void log(LogLine line) {
    var fields =
        new Fields(
            line.project().map(ProjectId::value),
            line.environment().map(environment -> environment.value()),
            line.release().map(release -> release.value()),
            line.caller());
    log(line.level(), fields, line.text());
  }

  private static void log(Level level, Fields fields, String text) {
    fields.project().ifPresent(project -> MDC.put("project", project));
    fields.environment().ifPresent(environment -> MDC.put("environment", environment));
    fields.release().ifPresent(release -> MDC.put("release", release));
    fields.caller().ifPresent(caller -> MDC.put("caller", caller));
    try {
      LOG.log(level, text);
    } finally {
      MDC.remove("project");
      MDC.remove("environment");
      MDC.remove("release");
      MDC.remove("caller");
    }
  }

  /** The structured fields of a line. */
  private record Fields(
      Optional<String> project,
      Optional<String> environment,
      Optional<String> release,
      Optional<String> caller) {
    static Fields of(Optional<ProjectId> project) {
      return new Fields(
          project.map(ProjectId::value), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }
}
