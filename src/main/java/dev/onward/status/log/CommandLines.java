package dev.onward.status.log;

import dev.onward.command.CommandResult;
import dev.onward.model.EnvironmentId;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.Verdict;
import dev.onward.store.WriteOutcome;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger.Level;

/** One line for each executed, rejected or failed command. Previews are not logged. */
final class CommandLines {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ENGLISH);
  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ENGLISH);

  private final Optional<ProjectId> project;
  private final Attribution attribution;

  /**
   * @param project absent for a global command
   * @param attribution who issued the command, when and why
   */
  CommandLines(Optional<ProjectId> project, Attribution attribution) {
    this.project = project;
    this.attribution = attribution;
  }

  Optional<LogLine> of(OperatorCommand command, CommandResult report) {
    if (report.dryRun()) {
      return Optional.empty();
    }
    if (report.grant() instanceof CommandDecision.Refused refused) {
      return Optional.of(
          line(
              Level.INFO,
              command,
              report,
              "refused %s: %s".formatted(asked(command), refused.reason())));
    }
    return report.outcome().map(outcome -> line(command, report, outcome));
  }

  private LogLine line(OperatorCommand command, CommandResult report, WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Applied _, WriteOutcome.AlreadyApplied _ ->
          line(Level.INFO, command, report, done(command, report.grant()));
      case WriteOutcome.Conflict(String reason) ->
          line(
              Level.INFO,
              command,
              report,
              "refused %s: conflict with another writer: %s".formatted(asked(command), reason));
      case WriteOutcome.Unknown(var failure) ->
          line(
              Level.WARN,
              command,
              report,
              "%s: outcome unknown: %s".formatted(asked(command), failure.message()));
      case WriteOutcome.Failed(var failure) ->
          line(
              Level.WARN,
              command,
              report,
              "%s failed: %s".formatted(asked(command), failure.message()));
    };
  }

  /** A noun phrase for the command, to be combined with "rejected" or "failed". */
  private String asked(OperatorCommand command) {
    return "%s for %s".formatted(what(command), person());
  }

  private static String what(OperatorCommand command) {
    return switch (command) {
      case OperatorCommand.Say(Intervention intervention) -> asked(intervention);
      case OperatorCommand.Deploy deploy -> "deploying release " + deploy.release().shortForm();
      case OperatorCommand.RollBack _ -> "rolling back";
      case OperatorCommand.Repair _ -> "a repair";
      case OperatorCommand.Cut cut -> "cutting a release from " + cut.label();
      case OperatorCommand.Compose compose -> "a release of the images of " + compose.from();
    };
  }

  private static String asked(Intervention intervention) {
    return switch (intervention) {
      case Intervention.Hold _ -> "a hold";
      case Intervention.Resume _, Intervention.ResumeEverything _ -> "resuming";
      case Intervention.Reject(ReleaseId id) -> "rejecting release " + id.shortForm();
      case Intervention.Unreject(ReleaseId id) ->
          "removing the rejection of release " + id.shortForm();
      case Intervention.Approve approve -> "approving release " + approve.release().shortForm();
      case Intervention.Withdraw withdraw ->
          "withdrawing the approval of release " + withdraw.release().shortForm();
      case Intervention.SetFreeze freeze -> "the freeze '%s'".formatted(freeze.id());
      case Intervention.LiftFreeze(String id, Optional<EnvironmentId> _) ->
          "lifting the freeze '%s'".formatted(id);
      case Intervention.StopEverything _ -> "stopping";
    };
  }

  private String done(OperatorCommand command, CommandDecision grant) {
    return switch (grant) {
      case CommandDecision.Say(var update) -> done(update.intervention());
      case CommandDecision.Deploy deploy ->
          "%s release %s by %s: %s%s%s"
              .formatted(
                  command instanceof OperatorCommand.RollBack ? "rolled back to" : "deployed",
                  deploy.action().release().id().shortForm(),
                  person(),
                  attribution.reason(),
                  overriding(deploy.overridden()),
                  deploy.rollBack().map(choice -> "; it is " + choice.chosen().why()).orElse(""));
      case CommandDecision.Repair repair ->
          "repair to release %s requested by %s: %s%s"
              .formatted(
                  repair.request().release().id().shortForm(),
                  person(),
                  attribution.reason(),
                  overriding(repair.overridden()));
      case CommandDecision.Cut(var action) ->
          "cut release %s from %s by %s: %s"
              .formatted(
                  action.release().id().shortForm(),
                  action.to().label(),
                  person(),
                  action.release().description());
      case CommandDecision.Add(Release release) ->
          "made release %s of %s by %s: %s"
              .formatted(
                  release.id().shortForm(),
                  services(release.images().images().size()),
                  person(),
                  attribution.reason());
      case CommandDecision.Refused refused -> refused.reason();
    };
  }

  private String done(Intervention intervention) {
    return switch (intervention) {
      case Intervention.Hold _ -> inForce("held");
      case Intervention.Resume _, Intervention.ResumeEverything _ -> over("resumed by");
      case Intervention.Reject(ReleaseId id) ->
          inForce("release %s rejected".formatted(id.shortForm()));
      case Intervention.Unreject(ReleaseId id) ->
          over("rejection of release %s removed by".formatted(id.shortForm()));
      case Intervention.Approve approve ->
          inForce("release %s approved".formatted(approve.release().shortForm()));
      case Intervention.Withdraw withdraw ->
          over("approval of release %s withdrawn by".formatted(withdraw.release().shortForm()));
      case Intervention.SetFreeze freeze -> frozen(freeze);
      case Intervention.LiftFreeze(String id, Optional<EnvironmentId> _) ->
          over("freeze '%s' lifted by".formatted(id));
      case Intervention.StopEverything _ -> inForce("stopped");
    };
  }

  private String frozen(Intervention.SetFreeze freeze) {
    return "frozen by %s%s%s: %s (freeze '%s')"
        .formatted(
            person(),
            freeze.from().map(from -> " from " + moment(from)).orElse(""),
            until(),
            attribution.reason(),
            freeze.id());
  }

  private String inForce(String what) {
    return "%s by %s%s: %s".formatted(what, person(), until(), attribution.reason());
  }

  private String over(String whatBy) {
    return "%s %s: %s".formatted(whatBy, person(), attribution.reason());
  }

  private String until() {
    return attribution.until().map(end -> " until " + moment(end)).orElse("");
  }

  private String moment(Instant time) {
    ZonedDateTime then = time.atZone(ZoneOffset.UTC);
    boolean today =
        then.toLocalDate().equals(LocalDate.ofInstant(attribution.at(), ZoneOffset.UTC));
    return (today ? TIME : DATE_AND_TIME).format(then);
  }

  private static String overriding(List<Verdict> gates) {
    return gates.isEmpty()
        ? ""
        : gates.stream().map(Verdict::gate).collect(Collectors.joining(", ", "; overriding ", ""));
  }

  private static String services(int count) {
    return count == 1 ? "1 service" : count + " services";
  }

  private String person() {
    return attribution.by().name();
  }

  private LogLine line(
      Level level, OperatorCommand command, CommandResult report, String sentence) {
    var line = LogLine.of(level, project, sentence).by(attribution.by().id());
    var there = environment(command).map(line::in).orElse(line);
    return release(command, report.grant()).map(there::about).orElse(there);
  }

  private static Optional<EnvironmentId> environment(OperatorCommand command) {
    return switch (command) {
      case OperatorCommand.Say(Intervention intervention) -> environment(intervention);
      case OperatorCommand.Deploy deploy -> Optional.of(deploy.environment());
      case OperatorCommand.RollBack rollBack -> Optional.of(rollBack.environment());
      case OperatorCommand.Repair repair -> Optional.of(repair.environment());
      case OperatorCommand.Cut _, OperatorCommand.Compose _ -> Optional.empty();
    };
  }

  private static Optional<EnvironmentId> environment(Intervention intervention) {
    return switch (intervention) {
      case Intervention.Hold(EnvironmentId id) -> Optional.of(id);
      case Intervention.Resume(EnvironmentId id) -> Optional.of(id);
      case Intervention.Approve approve -> Optional.of(approve.environment());
      case Intervention.Withdraw withdraw -> Optional.of(withdraw.environment());
      case Intervention.SetFreeze freeze -> freeze.environment();
      case Intervention.LiftFreeze lift -> lift.environment();
      case Intervention.Reject _,
          Intervention.Unreject _,
          Intervention.StopEverything _,
          Intervention.ResumeEverything _ ->
          Optional.empty();
    };
  }

  private static Optional<ReleaseId> release(OperatorCommand command, CommandDecision grant) {
    if (grant instanceof CommandDecision.Deploy deploy) {
      return Optional.of(deploy.action().release().id());
    }
    if (grant instanceof CommandDecision.Repair repair) {
      return Optional.of(repair.request().release().id());
    }
    if (grant instanceof CommandDecision.Cut(var action)) {
      return Optional.of(action.release().id());
    }
    if (grant instanceof CommandDecision.Add(Release release)) {
      return Optional.of(release.id());
    }
    return switch (command) {
      case OperatorCommand.Deploy deploy -> Optional.of(deploy.release());
      case OperatorCommand.Say(Intervention.Reject(ReleaseId id)) -> Optional.of(id);
      case OperatorCommand.Say(Intervention.Unreject(ReleaseId id)) -> Optional.of(id);
      case OperatorCommand.Say(Intervention.Approve approve) -> Optional.of(approve.release());
      case OperatorCommand.Say(Intervention.Withdraw withdraw) -> Optional.of(withdraw.release());
      case OperatorCommand.Say _,
          OperatorCommand.RollBack _,
          OperatorCommand.Repair _,
          OperatorCommand.Cut _,
          OperatorCommand.Compose _ ->
          Optional.empty();
    };
  }
}
