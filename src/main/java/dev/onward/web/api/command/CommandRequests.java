package dev.onward.web.api.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.OnwardConfig;
import dev.onward.access.AccessDeniedException;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.access.Scope;
import dev.onward.access.http.CallerResolver;
import dev.onward.command.CommandResult;
import dev.onward.command.CommandService;
import dev.onward.command.Publication;
import dev.onward.command.PublicationResult;
import dev.onward.command.ReconcileResult;
import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.status.ProjectStatus;
import dev.onward.status.StatusSnapshot;
import dev.onward.store.IdempotencyStore;
import dev.onward.store.ProjectStores;
import dev.onward.store.WriteOutcome;
import dev.onward.web.api.view.InterventionsView;
import dev.onward.web.http.CommandRejectedException;
import dev.onward.web.http.CommandRequestInfo;
import dev.onward.web.http.IdempotencyKey;
import dev.onward.web.http.IdempotentRequest;
import dev.onward.web.http.NotFoundException;
import dev.onward.web.http.ReleaseIdPrefix;
import dev.onward.web.http.RequestSubject;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all requests that want something done have in common: who may, how they are read, and what
 * is answered when it is not done.
 */
@ApplicationScoped
public class CommandRequests {
  public static final String DRY_RUN = "dry_run";

  private final CallerResolver callers;
  private final CommandService commands;
  private final StatusSnapshot board;
  private final ProjectStores.Provider stores;
  private final ReleaseIdPrefix releases;
  private final OnwardConfig config;
  private final BodyReader bodies;
  private final SkewCorrectedClock clock;
  private final RoutingContext routing;

  CommandRequests(
      CallerResolver callers,
      CommandService commands,
      StatusSnapshot board,
      ProjectStores.Provider stores,
      ReleaseIdPrefix releases,
      OnwardConfig config,
      BodyReader bodies,
      SkewCorrectedClock clock,
      RoutingContext routing) {
    this.callers = callers;
    this.commands = commands;
    this.board = board;
    this.stores = stores;
    this.releases = releases;
    this.config = config;
    this.bodies = bodies;
    this.clock = clock;
    this.routing = routing;
  }

  /**
   * On everything at once. Throws {@link AccessDeniedException} for whoever may not, before
   * anything else is looked at, and {@link CommandRejectedException}.
   */
  <T extends CommandBody> CommandRequest<T> begin(
      Optional<String> dryRun, Class<T> type, @Nullable String body) {
    Caller caller = admit(RequestSubject.EVERYTHING);
    caller.require(Role.ADMIN, new Scope.Everything());
    return begin(caller, Optional.empty(), RequestSubject.EVERYTHING, dryRun, type, body);
  }

  /** On a project. Throws as {@link #begin(Optional, Class, String)}. */
  <T extends CommandBody> CommandRequest<T> begin(
      String project, Optional<String> dryRun, Class<T> type, @Nullable String body) {
    return beginOn(project, project, dryRun, type, body);
  }

  /**
   * On something that the whole project shares. Throws as {@link #begin(Optional, Class, String)}.
   *
   * @param subject a release or a label, as the request names it
   */
  <T extends CommandBody> CommandRequest<T> beginOn(
      String subject,
      String project,
      Optional<String> dryRun,
      Class<T> type,
      @Nullable String body) {
    Caller caller = admit(subject);
    caller.require(Role.DEPLOYER, new Scope.Project(new ProjectId(project)));
    return begin(caller, Optional.of(project), subject, dryRun, type, body);
  }

  /**
   * On a project, by whoever may act on any of it. Throws as {@link #begin(Optional, Class,
   * String)}.
   */
  <T extends CommandBody> CommandRequest<T> beginSomewhere(
      String project, Optional<String> dryRun, Class<T> type, @Nullable String body) {
    Caller caller = admit(project);
    caller.require(Role.DEPLOYER, new Scope.Somewhere(new ProjectId(project)));
    return begin(caller, Optional.of(project), project, dryRun, type, body);
  }

  /** On an environment. Throws as {@link #begin(Optional, Class, String)}. */
  <T extends CommandBody> CommandRequest<T> begin(
      String project,
      String environment,
      Optional<String> dryRun,
      Class<T> type,
      @Nullable String body) {
    Caller caller = admit(environment);
    caller.require(
        Role.DEPLOYER,
        new Scope.Environment(new ProjectId(project), new EnvironmentId(environment)));
    return begin(caller, Optional.of(project), environment, dryRun, type, body);
  }

  /** Who asks, and for what, before anything can be refused to them. */
  private Caller admit(String subject) {
    Caller caller = callers.actor();
    new CommandRequestInfo(caller.requester(), subject).keepIn(routing);
    return caller;
  }

  private <T extends CommandBody> CommandRequest<T> begin(
      Caller caller,
      Optional<String> project,
      String subject,
      Optional<String> dryRun,
      Class<T> type,
      @Nullable String body) {
    refuseOtherParameters();
    boolean dry = isTrue(dryRun);
    var commandInfo = new CommandRequestInfo(caller.requester(), subject, dry, Optional.empty());
    commandInfo.keepIn(routing);
    if (!dry && config.mode() == OnwardConfig.Mode.OBSERVE) {
      throw new CommandRejectedException(
          Status.CONFLICT,
          "Onward only observes (the setting onward.mode is 'observe'): nothing can be done, only"
              + " previewed with ?dry_run=true");
    }
    ObjectNode tree = BodyReader.parse(body);
    if (!dry) {
      takeKey(commandInfo, project, String.valueOf(body));
    }
    Instant now = clock.instant();
    return new CommandRequest<>(caller.requester(), dry, bodies.read(type, tree, now), now);
  }

  /** What has no key is done without. */
  private void takeKey(CommandRequestInfo commandInfo, Optional<String> project, String body) {
    HttpServerRequest request = routing.request();
    Optional<String> key = IdempotencyKey.of(routing);
    if (key.isEmpty()) {
      return;
    }
    var keyed =
        IdempotentRequest.of(
            project.map(this::ledger).orElseGet(() -> stores.daemon().requests()),
            commandInfo.by().id(),
            key.get(),
            request.method().name(),
            request.path(),
            Optional.ofNullable(request.query()).orElse(""),
            body);
    keyed.begin();
    commandInfo.with(keyed).keepIn(routing);
  }

  private IdempotencyStore ledger(String project) {
    DesiredState desired = status(project).desired();
    return stores.open(desired.project(), desired.role()).requests();
  }

  /** Throws {@link NotFoundException}. */
  ProjectStatus status(String project) {
    var id = new ProjectId(project);
    return board.project(id).orElseThrow(() -> NotFoundException.project(id, board.manifests()));
  }

  /** Throws {@link CommandRejectedException} unless it was done, or would be. */
  CommandResult execute(ProjectStatus status, CommandRequest<?> act, OperatorCommand command) {
    ProjectId project = status.desired().project();
    CommandResult report =
        commands
            .execute(project, command, act.attribution(), act.expectedVersion(), act.dryRun())
            .orElseThrow(() -> noneYet(project));
    return granted(report);
  }

  /** The release that is named by its id or the beginning of it, as {@link ReleaseIdPrefix}. */
  ReleaseId release(ReleaseId named, ProjectStatus status) {
    return releases.named(named, status);
  }

  /** Throws {@link CommandRejectedException} unless all of it was published, or would be. */
  PublicationResult.Ended publish(
      ProjectStatus status, CommandRequest<?> act, Publication publication) {
    ProjectId project = status.desired().project();
    return PublishRequest.granted(
        commands
            .publish(project, publication, act.attribution(), act.dryRun())
            .orElseThrow(() -> noneYet(project)));
  }

  /** Throws {@link CommandRejectedException} if there is no such project any more. */
  ReconcileResult look(ProjectStatus status, CommandRequest<?> act) {
    ProjectId project = status.desired().project();
    return commands
        .reconcile(project, act.attribution(), act.dryRun())
        .orElseThrow(() -> noneYet(project));
  }

  private static CommandRejectedException noneYet(ProjectId project) {
    return new CommandRejectedException(
        Status.SERVICE_UNAVAILABLE,
        "project %s is only being taken up or given up; try again in a moment".formatted(project));
  }

  /** Throws {@link CommandRejectedException} unless it was said, or would be. */
  CommandResult updateGlobalInterventions(CommandRequest<?> act, Intervention intervention) {
    return granted(
        commands.updateGlobalInterventions(
            intervention, act.attribution(), act.expectedVersion(), act.dryRun()));
  }

  /** What stands in a project, as far as the last cycle or this report knows. */
  InterventionsView inForce(ProjectStatus before, CommandResult report, Instant now) {
    return InterventionsView.of(
        interventions(report)
            .or(() -> board.project(before.desired().project()).flatMap(CommandRequests::seen))
            .or(() -> seen(before))
            .orElse(InterventionState.NONE),
        now);
  }

  InterventionsView globalInterventions(CommandResult report, Instant now) {
    return InterventionsView.of(interventions(report).orElseGet(board::globalInterventions), now);
  }

  private static Optional<InterventionState> seen(ProjectStatus status) {
    return status.seen().map(seen -> seen.observed().interventions());
  }

  /** A word that was said stands; before a preview stands what stood. */
  private static Optional<InterventionState> interventions(CommandResult report) {
    return report.grant() instanceof CommandDecision.Say(var update)
        ? Optional.of(report.outcome().isPresent() ? update.to() : update.from())
        : Optional.empty();
  }

  private static CommandResult granted(CommandResult report) {
    if (report.grant() instanceof CommandDecision.Refused refused) {
      throw CommandRejectedException.of(refused);
    }
    report.outcome().ifPresent(CommandRequests::refuseUnlessApplied);
    return report;
  }

  private static void refuseUnlessApplied(WriteOutcome outcome) {
    switch (outcome) {
      case WriteOutcome.Applied _, WriteOutcome.AlreadyApplied _ -> {}
      case WriteOutcome.Conflict(String reason) ->
          throw new CommandRejectedException(
              Status.CONFLICT, "somebody else was faster: %s; look again".formatted(reason));
      case WriteOutcome.Unknown(var failure) ->
          throw CommandRejectedException.perhapsDone(
              "it is not known whether this was done; look before you ask again: "
                  + failure.message());
      case WriteOutcome.Failed(var failure) ->
          throw new CommandRejectedException(
              Status.SERVICE_UNAVAILABLE, "this was not done: " + failure.message());
    }
  }

  /** A misspelt dry run must not be taken for the real thing. */
  private void refuseOtherParameters() {
    for (String name : Set.copyOf(routing.queryParams().names())) {
      if (!name.equals(DRY_RUN)) {
        throw new InvalidValueException("query parameter", name, DRY_RUN);
      }
    }
  }

  private static boolean isTrue(Optional<String> dryRun) {
    return switch (dryRun.orElse("false")) {
      case "true", "" -> true;
      case "false" -> false;
      default -> throw new InvalidValueException(DRY_RUN, dryRun.get(), "true or false");
    };
  }
}
