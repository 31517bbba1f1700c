package dev.onward.web.board;

import dev.onward.OnwardConfig;
import dev.onward.access.Role;
import dev.onward.access.Scope;
import dev.onward.access.http.CallerResolver;
import dev.onward.lease.LeaderElector;
import dev.onward.model.EnvironmentId;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Attribution;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.Words;
import dev.onward.status.StatusSnapshot;
import dev.onward.status.events.EventFeed;
import dev.onward.web.board.view.PageLayout;
import dev.onward.web.http.VisibleProjects;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes what surrounds every page. */
@ApplicationScoped
class PageLayouts {
  private final VisibleProjects visible;
  private final CallerResolver callers;
  private final EventFeed feed;
  private final LeaderElector leadership;
  private final OnwardConfig config;
  private final String version;

  PageLayouts(
      VisibleProjects visible,
      CallerResolver callers,
      EventFeed feed,
      LeaderElector leadership,
      OnwardConfig config,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.visible = visible;
    this.callers = callers;
    this.feed = feed;
    this.leadership = leadership;
    this.config = config;
    this.version = version;
  }

  /** By the clock that dates what is shown. */
  Instant now() {
    return visible.now();
  }

  /** The id under which whoever looks would act. */
  String lookersId() {
    return callers.lookersId();
  }

  PageLayout estate(Instant now) {
    return everything("Estate", "estate", "/events?since=" + feed.newest(), now);
  }

  /** Of a page about everything that does not change while it is looked at. */
  PageLayout everything(String title, String place, Instant now) {
    return everything(title, place, "", now);
  }

  private PageLayout everything(String title, String place, String live, Instant now) {
    boolean acting = callers.mayDo(Role.ADMIN, new Scope.Everything());
    return frame(title, place, "", live, acting, Set.of(), now);
  }

  /** Of a page about a project. */
  PageLayout of(DesiredState desired, String title, String place, boolean live, Instant now) {
    ProjectId project = desired.project();
    return frame(
        title,
        place,
        project.value(),
        live ? "/events?project=%s&since=%s".formatted(project, feed.newest()) : "",
        callers.mayDo(Role.DEPLOYER, new Scope.Project(project)),
        desired.environments().stream()
            .map(DesiredEnvironment::id)
            .filter(id -> callers.mayDo(Role.DEPLOYER, new Scope.Environment(project, id)))
            .map(EnvironmentId::value)
            .collect(Collectors.toSet()),
        now);
  }

  /** Of a page for somebody of whom nothing may be known; so it says nothing of anything. */
  PageLayout ofProblem(String title) {
    return new PageLayout(
        title,
        "",
        "",
        "",
        "",
        false,
        false,
        Set.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        version,
        "");
  }

  private PageLayout frame(
      String title,
      String place,
      String project,
      String live,
      boolean acting,
      Set<String> actingIn,
      Instant now) {
    return new PageLayout(
        title,
        place,
        project,
        live,
        callers.looking(),
        callers.isSignedIn(),
        acting,
        actingIn,
        callers.mayDo(Role.ADMIN, new Scope.Everything()),
        visible.globalInterventions().stop(now).map(PageLayouts::said),
        standby(project, now),
        version,
        switch (config.mode()) {
          case ACT -> "looks every %s and acts".formatted(Words.of(config.interval()));
          case OBSERVE -> "only observes: nothing is written";
        });
  }

  /** Of a replica that does not lead: who does, and how old what is shown can be. */
  private Optional<String> standby(String project, Instant now) {
    var shown =
        visible.projects().stream()
            .filter(it -> project.isEmpty() || it.desired().project().value().equals(project))
            .toList();
    String age =
        StatusSnapshot.oldestObservation(shown)
            .map(at -> "it looked %s ago".formatted(Words.of(Duration.between(at, now))))
            .orElse("it has not looked yet");
    return switch (leadership.state()) {
      case LEADER -> Optional.empty();
      case NO_LEADER -> Optional.of("No replica can be known to lead: each acts, slowly; " + age);
      case STANDBY ->
          Optional.of(
              leadership
                  .leader()
                  .map(id -> "%s leads; %s".formatted(id, age))
                  .orElse("nobody is known to lead; " + age));
    };
  }

  private static String said(Attribution stop) {
    return "by %s: %s".formatted(stop.by().name(), stop.reason());
  }
}
