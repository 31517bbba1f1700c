package dev.onward.web.board;

import dev.onward.plan.DesiredState;
import dev.onward.status.ProjectStatus;
import dev.onward.store.ProjectStores;
import dev.onward.web.board.view.HistoryPage;
import dev.onward.web.board.view.HistoryPage.Range;
import dev.onward.web.http.VisibleProjects;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;

/** What went where and when. The drawing is from memory; the list is one query to DynamoDB. */
@Path("/projects/{project}/history")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class HistoryPages {
  private static final int PAGE = 25;

  private final VisibleProjects visible;
  private final PageLayouts frames;
  private final ProjectStores.Provider stores;

  HistoryPages(VisibleProjects visible, PageLayouts frames, ProjectStores.Provider stores) {
    this.visible = visible;
    this.frames = frames;
    this.stores = stores;
  }

  @GET
  public TemplateInstance history(
      @PathParam("project") String project,
      @QueryParam("range") Optional<String> range,
      @QueryParam("cursor") Optional<String> cursor) {
    Instant now = visible.now();
    ProjectStatus status = visible.existing(project);
    DesiredState desired = status.desired();
    var releases = stores.open(desired.project(), desired.role()).releases().releases(PAGE, cursor);
    Range shown = Range.of(range, oldest(status), now);
    return Templates.history(
        frames.of(desired, "History of " + desired.name(), "history", true, now),
        HistoryPage.of(status, releases, shown, cursor.isEmpty(), now),
        shown.word());
  }

  private static Optional<Instant> oldest(ProjectStatus status) {
    return status.seen().stream()
        .flatMap(seen -> seen.observed().environments().values().stream())
        .flatMap(environment -> environment.head().stream())
        .flatMap(head -> head.history().stream())
        .map(entry -> entry.deployedAt())
        .min(Instant::compareTo);
  }
}
