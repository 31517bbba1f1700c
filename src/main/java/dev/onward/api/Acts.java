package dev.onward.api;

import dev.onward.OnwardConfig;
import dev.onward.access.Caller;
import dev.onward.access.Callers;
import dev.onward.access.DeniedException;
import dev.onward.access.Role;
import dev.onward.access.Scope;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Intervention;
import dev.onward.model.Interventions;
import dev.onward.model.InvalidValueException;
import dev.onward.model.OperatorWord;
import dev.onward.model.ProjectId;
import dev.onward.model.ReleaseId;
import dev.onward.plan.DesiredState;
import dev.onward.plan.Grant;
import dev.onward.plan.Wish;
import dev.onward.reconcile.Glance;
import dev.onward.reconcile.ProjectStores;
import dev.onward.reconcile.Publication;
import dev.onward.reconcile.PublicationReport;
import dev.onward.reconcile.ReconcileLoop;
import dev.onward.reconcile.RequestLedger;
import dev.onward.reconcile.StoreClock;
import dev.onward.reconcile.WishReport;
import dev.onward.reconcile.WriteOutcome;
import dev.onward.status.ProjectStatus;
import dev.onward.status.SpokenWords;
import dev.onward.status.StatusBoard;
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
class Acts {
  static final String DRY_RUN = "dry_run";

  private final Callers callers;
  private final ReconcileLoop loop;
  private final SpokenWords words;
  private final StatusBoard board;
  private final ProjectStores.Provider stores;
  private final KnownReleases releases;
  private final OnwardConfig config;
  private final StoreClock clock;
  private final RoutingContext routing;

  Acts(
      Callers callers,
      ReconcileLoop loop,
      SpokenWords words,
      StatusBoard board,
      ProjectStores.Provider stores,
      KnownReleases releases,
      OnwardConfig config,
      StoreClock clock,
      RoutingContext routing) {
    this.callers = callers;
    this.loop = loop;
    this.words = words;
    this.board = board;
    this.stores = stores;
    this.releases = releases;
    this.config = config;
    this.clock = clock;
    this.routing = routing;
  }

  /**
   * On everything at once. Throws {@link DeniedException} for whoever may not, before anything else
   * is looked at, and {@link RefusedRequest}.
   */
  Act begin(Optional<String> dryRun, @Nullable String body) {
    Caller caller = admit(Place.EVERYTHING);
    caller.require(Role.ADMIN, new Scope.Everything());
    return begin(caller, Optional.empty(), Place.EVERYTHING, dryRun, body);
  }

  /** On a project. Throws as {@link #begin(Optional, String)}. */
  Act begin(String project, Optional<String> dryRun, @Nullable String body) {
    return beginOn(project, project, dryRun, body);
  }

  /**
   * On something that the whole project shares. Throws as {@link #begin(Optional, String)}.
   *
   * @param subject a release or a label, as the request names it
   */
  Act beginOn(String subject, String project, Optional<String> dryRun, @Nullable String body) {
    Caller caller = admit(subject);
    caller.require(Role.DEPLOYER, new Scope.Project(new ProjectId(project)));
    return begin(caller, Optional.of(project), subject, dryRun, body);
  }

  /** On a project, by whoever may act on any of it. Throws as {@link #begin(Optional, String)}. */
  Act beginSomewhere(String project, Optional<String> dryRun, @Nullable String body) {
    Caller caller = admit(project);
    caller.require(Role.DEPLOYER, new Scope.Somewhere(new ProjectId(project)));
    return begin(caller, Optional.of(project), project, dryRun, body);
  }

  /** On an environment. Throws as {@link #begin(Optional, String)}. */
  Act begin(String project, String environment, Optional<String> dryRun, @Nullable String body) {
    Caller caller = admit(environment);
    caller.require(
        Role.DEPLOYER,
        new Scope.Environment(new ProjectId(project), new EnvironmentId(environment)));
    return begin(caller, Optional.of(project), environment, dryRun, body);
  }

  /** Who asks, and for what, before anything can be refused to them. */
  private Caller admit(String subject) {
    Caller caller = callers.actor();
    new Account(caller.requester(), subject).keepIn(routing);
    return caller;
  }

  private Act begin(
      Caller caller,
      Optional<String> project,
      String subject,
      Optional<String> dryRun,
      @Nullable String body) {
    refuseOtherParameters();
    boolean dry = isTrue(dryRun);
    var account = new Account(caller.requester(), subject, dry, Optional.empty());
    account.keepIn(routing);
    if (!dry && config.mode() == OnwardConfig.Mode.OBSERVE) {
      throw new RefusedRequest(
          Status.CONFLICT,
          "Onward only observes (the setting onward.mode is 'observe'): nothing can be done, only"
              + " previewed with ?dry_run=true");
    }
    Fields fields = JsonBody.read(body);
    if (!dry) {
      takeKey(account, project, String.valueOf(body));
    }
    return new Act(caller.requester(), dry, fields, clock.instant());
  }

  /** What has no key is done without. */
  private void takeKey(Account account, Optional<String> project, String body) {
    HttpServerRequest request = routing.request();
    Optional<String> key = RequestKey.of(routing);
    if (key.isEmpty()) {
      return;
    }
    var keyed =
        KeyedRequest.of(
            project.map(this::ledger).orElseGet(() -> stores.daemon().requests()),
            account.by().id(),
            key.get(),
            request.method().name(),
            request.path(),
            Optional.ofNullable(request.query()).orElse(""),
            body);
    keyed.begin();
    account.with(keyed).keepIn(routing);
  }

  private RequestLedger ledger(String project) {
    DesiredState desired = status(project).desired();
    return stores.open(desired.project(), desired.role()).requests();
  }

  /** Throws {@link NotFoundHere}. */
  ProjectStatus status(String project) {
    var id = new ProjectId(project);
    return board.project(id).orElseThrow(() -> NotFoundHere.project(id, board.manifests()));
  }

  /** Throws {@link RefusedRequest} unless it was done, or would be. */
  WishReport wish(ProjectStatus status, Act act, Intervention said, Wish wish) {
    ProjectId project = status.desired().project();
    Wish expecting =
        act.expectedVersion().<Wish>map(version -> new Wish.Expecting(version, wish)).orElse(wish);
    WishReport report =
        loop.wish(project, expecting, said, act.dryRun()).orElseThrow(() -> noneYet(project));
    return granted(report);
  }

  /** The release that is named by its id or the beginning of it, as {@link KnownReleases}. */
  ReleaseId release(ReleaseId named, ProjectStatus status) {
    return releases.named(named, status);
  }

  /** Throws {@link RefusedRequest} unless all of it was published, or would be. */
  PublicationReport.Ended publish(
      ProjectStatus status, Act act, Intervention said, Publication publication) {
    ProjectId project = status.desired().project();
    return PublishRequest.granted(
        loop.publish(project, publication, said, act.dryRun()).orElseThrow(() -> noneYet(project)));
  }

  /** Throws {@link RefusedRequest} if there is no such project any more. */
  Glance look(ProjectStatus status, Act act, Intervention said) {
    ProjectId project = status.desired().project();
    return loop.look(project, said, act.dryRun()).orElseThrow(() -> noneYet(project));
  }

  private static RefusedRequest noneYet(ProjectId project) {
    return new RefusedRequest(
        Status.SERVICE_UNAVAILABLE,
        "project %s is only being taken up or given up; try again in a moment".formatted(project));
  }

  /** Throws {@link RefusedRequest} unless it was said, or would be. */
  WishReport sayToEverything(Act act, Intervention said, OperatorWord word) {
    return granted(words.say(word, act.expectedVersion(), said, act.dryRun()));
  }

  /** What stands in a project, as far as the last cycle or this report knows. */
  StandingView standing(ProjectStatus before, WishReport report, Instant now) {
    return StandingView.of(
        said(report)
            .or(() -> board.project(before.desired().project()).flatMap(Acts::seen))
            .or(() -> seen(before))
            .orElse(Interventions.NONE),
        now);
  }

  StandingView everywhere(WishReport report, Instant now) {
    return StandingView.of(said(report).orElseGet(board::everywhere), now);
  }

  private static Optional<Interventions> seen(ProjectStatus status) {
    return status.seen().map(seen -> seen.observed().interventions());
  }

  /** A word that was said stands; before a preview stands what stood. */
  private static Optional<Interventions> said(WishReport report) {
    return report.grant() instanceof Grant.Say(var saying)
        ? Optional.of(report.outcome().isPresent() ? saying.to() : saying.from())
        : Optional.empty();
  }

  private static WishReport granted(WishReport report) {
    if (report.grant() instanceof Grant.Refused refused) {
      throw RefusedRequest.of(refused);
    }
    report.outcome().ifPresent(Acts::refuseUnlessApplied);
    return report;
  }

  private static void refuseUnlessApplied(WriteOutcome outcome) {
    switch (outcome) {
      case WriteOutcome.Applied _, WriteOutcome.AlreadyApplied _ -> {}
      case WriteOutcome.Conflict(String reason) ->
          throw new RefusedRequest(
              Status.CONFLICT, "somebody else was faster: %s; look again".formatted(reason));
      case WriteOutcome.Unknown(var failure) ->
          throw RefusedRequest.perhapsDone(
              "it is not known whether this was done; look before you ask again: "
                  + failure.message());
      case WriteOutcome.Failed(var failure) ->
          throw new RefusedRequest(
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
