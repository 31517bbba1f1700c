package dev.onward.status;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Intervention;
import dev.onward.model.OperatorWord;
import dev.onward.model.ProjectId;
import dev.onward.model.Release;
import dev.onward.model.ReleaseId;
import dev.onward.plan.Grant;
import dev.onward.plan.Wish;
import dev.onward.policy.Verdict;
import dev.onward.reconcile.WishReport;
import dev.onward.reconcile.WriteOutcome;
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

/** What a person did, or was refused: a line each. Previews have none. */
final class WishLines {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ENGLISH);
  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ENGLISH);

  private final Optional<ProjectId> project;
  private final Intervention said;

  /**
   * @param project absent if the wish is about everything
   * @param said who wished it, when and why
   */
  WishLines(Optional<ProjectId> project, Intervention said) {
    this.project = project;
    this.said = said;
  }

  Optional<LogLine> of(Wish wish, WishReport report) {
    if (wish instanceof Wish.Expecting(long _, Wish expecting)) {
      return of(expecting, report);
    }
    if (report.dryRun()) {
      return Optional.empty();
    }
    if (report.grant() instanceof Grant.Refused refused) {
      return Optional.of(
          line(
              Level.INFO, wish, report, "refused %s: %s".formatted(asked(wish), refused.reason())));
    }
    return report.outcome().map(outcome -> line(wish, report, outcome));
  }

  private LogLine line(Wish wish, WishReport report, WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Applied _, WriteOutcome.AlreadyApplied _ ->
          line(Level.INFO, wish, report, done(wish, report.grant()));
      case WriteOutcome.Conflict(String reason) ->
          line(
              Level.INFO,
              wish,
              report,
              "refused %s: somebody else was faster: %s".formatted(asked(wish), reason));
      case WriteOutcome.Unknown(var failure) ->
          line(
              Level.WARN,
              wish,
              report,
              "%s may have been done or not: %s".formatted(asked(wish), failure.message()));
      case WriteOutcome.Failed(var failure) ->
          line(Level.WARN, wish, report, "%s failed: %s".formatted(asked(wish), failure.message()));
    };
  }

  /** What was asked, so that "refused" can stand before it, and "failed" after it. */
  private String asked(Wish wish) {
    return "%s for %s".formatted(what(wish), person());
  }

  private static String what(Wish wish) {
    return switch (wish) {
      case Wish.Say(OperatorWord word) -> asked(word);
      case Wish.Deploy deploy -> "deploying release " + deploy.release().shortForm();
      case Wish.RollBack _ -> "rolling back";
      case Wish.Repair _ -> "a repair";
      case Wish.Cut cut -> "cutting a release from " + cut.label();
      case Wish.Compose compose -> "a release of what is under " + compose.from();
      case Wish.Expecting(long _, Wish expecting) -> what(expecting);
    };
  }

  private static String asked(OperatorWord word) {
    return switch (word) {
      case OperatorWord.Hold _ -> "a hold";
      case OperatorWord.Resume _, OperatorWord.ResumeEverything _ -> "resuming";
      case OperatorWord.Reject(ReleaseId id) -> "rejecting release " + id.shortForm();
      case OperatorWord.Unreject(ReleaseId id) ->
          "taking back the rejection of release " + id.shortForm();
      case OperatorWord.Approve approve -> "approving release " + approve.release().shortForm();
      case OperatorWord.Withdraw withdraw ->
          "withdrawing the approval of release " + withdraw.release().shortForm();
      case OperatorWord.SetFreeze freeze -> "the freeze '%s'".formatted(freeze.id());
      case OperatorWord.LiftFreeze(String id, Optional<EnvironmentId> _) ->
          "lifting the freeze '%s'".formatted(id);
      case OperatorWord.StopEverything _ -> "stopping";
    };
  }

  private String done(Wish wish, Grant grant) {
    return switch (grant) {
      case Grant.Say(var saying) -> done(saying.word());
      case Grant.Deploy deploy ->
          "%s release %s by %s: %s%s%s"
              .formatted(
                  wish instanceof Wish.RollBack ? "rolled back to" : "deployed",
                  deploy.action().release().id().shortForm(),
                  person(),
                  said.reason(),
                  overriding(deploy.overridden()),
                  deploy.rollBack().map(choice -> "; it is " + choice.chosen().why()).orElse(""));
      case Grant.Repair repair ->
          "repair to release %s requested by %s: %s%s"
              .formatted(
                  repair.request().release().id().shortForm(),
                  person(),
                  said.reason(),
                  overriding(repair.overridden()));
      case Grant.Cut(var action) ->
          "cut release %s from %s by %s: %s"
              .formatted(
                  action.release().id().shortForm(),
                  action.to().label(),
                  person(),
                  action.release().description());
      case Grant.Add(Release release) ->
          "made release %s of %s by %s: %s"
              .formatted(
                  release.id().shortForm(),
                  services(release.images().images().size()),
                  person(),
                  said.reason());
      case Grant.Refused refused -> refused.reason();
    };
  }

  private String done(OperatorWord word) {
    return switch (word) {
      case OperatorWord.Hold _ -> standing("held");
      case OperatorWord.Resume _, OperatorWord.ResumeEverything _ -> over("resumed by");
      case OperatorWord.Reject(ReleaseId id) ->
          standing("release %s rejected".formatted(id.shortForm()));
      case OperatorWord.Unreject(ReleaseId id) ->
          over("rejection of release %s taken back by".formatted(id.shortForm()));
      case OperatorWord.Approve approve ->
          standing("release %s approved".formatted(approve.release().shortForm()));
      case OperatorWord.Withdraw withdraw ->
          over("approval of release %s withdrawn by".formatted(withdraw.release().shortForm()));
      case OperatorWord.SetFreeze freeze -> frozen(freeze);
      case OperatorWord.LiftFreeze(String id, Optional<EnvironmentId> _) ->
          over("freeze '%s' lifted by".formatted(id));
      case OperatorWord.StopEverything _ -> standing("stopped");
    };
  }

  private String frozen(OperatorWord.SetFreeze freeze) {
    return "frozen by %s%s%s: %s (freeze '%s')"
        .formatted(
            person(),
            freeze.from().map(from -> " from " + moment(from)).orElse(""),
            until(),
            said.reason(),
            freeze.id());
  }

  private String standing(String what) {
    return "%s by %s%s: %s".formatted(what, person(), until(), said.reason());
  }

  private String over(String whatBy) {
    return "%s %s: %s".formatted(whatBy, person(), said.reason());
  }

  private String until() {
    return said.until().map(end -> " until " + moment(end)).orElse("");
  }

  private String moment(Instant moment) {
    ZonedDateTime then = moment.atZone(ZoneOffset.UTC);
    boolean today = then.toLocalDate().equals(LocalDate.ofInstant(said.at(), ZoneOffset.UTC));
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
    return said.by().name();
  }

  private LogLine line(Level level, Wish wish, WishReport report, String sentence) {
    var line = LogLine.of(level, project, sentence).by(said.by().id());
    var there = environment(wish).map(line::in).orElse(line);
    return release(wish, report.grant()).map(there::about).orElse(there);
  }

  private static Optional<EnvironmentId> environment(Wish wish) {
    return switch (wish) {
      case Wish.Say(OperatorWord word) -> environment(word);
      case Wish.Deploy deploy -> Optional.of(deploy.environment());
      case Wish.RollBack rollBack -> Optional.of(rollBack.environment());
      case Wish.Repair repair -> Optional.of(repair.environment());
      case Wish.Expecting(long _, Wish expecting) -> environment(expecting);
      case Wish.Cut _, Wish.Compose _ -> Optional.empty();
    };
  }

  private static Optional<EnvironmentId> environment(OperatorWord word) {
    return switch (word) {
      case OperatorWord.Hold(EnvironmentId id) -> Optional.of(id);
      case OperatorWord.Resume(EnvironmentId id) -> Optional.of(id);
      case OperatorWord.Approve approve -> Optional.of(approve.environment());
      case OperatorWord.Withdraw withdraw -> Optional.of(withdraw.environment());
      case OperatorWord.SetFreeze freeze -> freeze.environment();
      case OperatorWord.LiftFreeze lift -> lift.environment();
      case OperatorWord.Reject _,
          OperatorWord.Unreject _,
          OperatorWord.StopEverything _,
          OperatorWord.ResumeEverything _ ->
          Optional.empty();
    };
  }

  private static Optional<ReleaseId> release(Wish wish, Grant grant) {
    if (grant instanceof Grant.Deploy deploy) {
      return Optional.of(deploy.action().release().id());
    }
    if (grant instanceof Grant.Repair repair) {
      return Optional.of(repair.request().release().id());
    }
    if (grant instanceof Grant.Cut(var action)) {
      return Optional.of(action.release().id());
    }
    if (grant instanceof Grant.Add(Release release)) {
      return Optional.of(release.id());
    }
    return switch (wish) {
      case Wish.Deploy deploy -> Optional.of(deploy.release());
      case Wish.Say(OperatorWord.Reject(ReleaseId id)) -> Optional.of(id);
      case Wish.Say(OperatorWord.Unreject(ReleaseId id)) -> Optional.of(id);
      case Wish.Say(OperatorWord.Approve approve) -> Optional.of(approve.release());
      case Wish.Say(OperatorWord.Withdraw withdraw) -> Optional.of(withdraw.release());
      case Wish.Expecting(long _, Wish expecting) -> release(expecting, grant);
      case Wish.Say _, Wish.RollBack _, Wish.Repair _, Wish.Cut _, Wish.Compose _ ->
          Optional.empty();
    };
  }
}
