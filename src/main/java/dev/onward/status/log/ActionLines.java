package dev.onward.status.log;

import dev.onward.model.ProjectId;
import dev.onward.model.ServiceId;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.Action;
import dev.onward.plan.ForeignDeployment;
import dev.onward.plan.ImageDiff;
import dev.onward.plan.ObservedState;
import dev.onward.reconcile.execute.ActionResult;
import dev.onward.store.WriteOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger.Level;

/** One line for each action of a cycle; in observe mode, for each action it would take. */
final class ActionLines {
  static final int SHOWN = 5;

  private final ProjectId project;
  private final ObservedState observed;

  ActionLines(ProjectId project, ObservedState observed) {
    this.project = project;
    this.observed = observed;
  }

  List<LogLine> done(List<ActionResult> results) {
    return results.stream().flatMap(this::done).toList();
  }

  List<LogLine> planned(List<Action> actions) {
    return actions.stream()
        .map(action -> line(Level.INFO, action, "would " + sentence(action, Tense.PLANNED)))
        .toList();
  }

  private Stream<LogLine> done(ActionResult result) {
    Action action = result.action();
    return switch (result.outcome()) {
      case WriteOutcome.Applied applied -> applied(result);
      case WriteOutcome.AlreadyApplied already ->
          Stream.of(
              line(Level.DEBUG, action, "already applied: " + sentence(action, Tense.PLANNED)));
      case WriteOutcome.Conflict(String reason) ->
          Stream.of(
              line(
                  Level.DEBUG, action, "conflict (%s): re-reading and retrying".formatted(reason)));
      // The cycle's failure has a line of its own.
      case WriteOutcome.Unknown unknown -> wroteSome(result);
      case WriteOutcome.Failed failed -> wroteSome(result);
    };
  }

  private Stream<LogLine> applied(ActionResult result) {
    if (result.action() instanceof Action.ConvergeParameters converge) {
      return result.written().isEmpty()
          ? Stream.of(line(Level.DEBUG, converge, "all parameters match the deployment"))
          : wroteSome(result);
    }
    return Stream.of(line(Level.INFO, result.action(), sentence(result.action(), Tense.DONE)));
  }

  private Stream<LogLine> wroteSome(ActionResult result) {
    if (!(result.action() instanceof Action.ConvergeParameters converge)
        || result.written().isEmpty()) {
      return Stream.empty();
    }
    int written = result.written().size();
    int wanted = converge.writes().size();
    String count = written == wanted ? parameters(written) : written + " of " + parameters(wanted);
    return Stream.of(
        line(
            Level.INFO,
            converge,
            "%s %s release %s: %s"
                .formatted(
                    converge.repairs() ? "repaired" : "wrote",
                    count + (converge.repairs() ? " to" : " for"),
                    converge.release().id().shortForm(),
                    listed(result.written()))));
  }

  private enum Tense {
    DONE,
    PLANNED
  }

  private String sentence(Action action, Tense tense) {
    boolean done = tense == Tense.DONE;
    return switch (action) {
      case Action.CutRelease cut ->
          "cut release %s. %s"
              .formatted(cut.release().id().shortForm(), cut.release().description());
      case Action.InitialiseEnvironment initialise ->
          "%s this environment: %s"
              .formatted(
                  done ? "now manages" : "manage",
                  initialise
                      .adopted()
                      .map(it -> deploymentOf(it, initialise.to()))
                      .orElse("nothing was ever deployed to it"));
      case Action.AdoptDeployment adopt ->
          "%s %s; automation is waiting for a newer release here"
              .formatted(done ? "adopted" : "adopt", deploymentOf(adopt.adopted(), adopt.to()));
      case Action.RecordDeployment deployment ->
          "%s release %s%s%s"
              .formatted(
                  done ? "deployed" : "deploy",
                  deployment.release().id().shortForm(),
                  deployment.source().map(source -> " from " + source).orElse(""),
                  changes(deployment));
      case Action.ConvergeParameters converge ->
          "%s %s %s release %s: %s"
              .formatted(
                  converge.repairs() ? "repair" : "write",
                  parameters(converge.writes().size()),
                  converge.repairs() ? "to" : "for",
                  converge.release().id().shortForm(),
                  listed(converge.writes().keySet()));
    };
  }

  private static String deploymentOf(ForeignDeployment found, EnvironmentHead to) {
    return "the deployment of release %s by %s at %s"
        .formatted(
            found.release().id().shortForm(),
            found.deployment().requestedBy().name(),
            found.dated(to));
  }

  private String changes(Action.RecordDeployment deployment) {
    Optional<ReleaseId> before = deployment.from().current().map(DeployedRelease::release);
    if (before.isEmpty()) {
      return ", the first here";
    }
    Optional<ImageSet> images = before.flatMap(observed::release).map(Release::images);
    return images
        .map(old -> ImageDiff.describe(old, deployment.release().images()))
        .map(changes -> changes.isEmpty() ? ", with the same images" : ": " + changes)
        .orElse("");
  }

  private LogLine line(Level level, Action action, String sentence) {
    var line = LogLine.of(level, project, sentence);
    return switch (action) {
      case Action.CutRelease cut -> line.about(cut.release().id());
      case Action.InitialiseEnvironment initialise -> about(line, initialise.to());
      case Action.AdoptDeployment adopt -> about(line, adopt.to());
      case Action.RecordDeployment deployment -> about(line, deployment.to());
      case Action.ConvergeParameters converge -> about(line, converge.head());
    };
  }

  private static LogLine about(LogLine line, EnvironmentHead head) {
    var there = line.in(head.environment());
    return head.current().map(current -> there.about(current.release())).orElse(there);
  }

  static String parameters(int count) {
    return count == 1 ? "1 parameter" : count + " parameters";
  }

  static String listed(Collection<ServiceId> services) {
    String some =
        services.stream().limit(SHOWN).map(ServiceId::value).collect(Collectors.joining(", "));
    int more = services.size() - SHOWN;
    return more > 0 ? some + " and %s more".formatted(more) : some;
  }
}
