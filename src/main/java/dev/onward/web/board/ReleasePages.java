package dev.onward.web.board;

import dev.onward.model.ProjectId;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.status.ProjectStatus;
import dev.onward.store.ProjectStores;
import dev.onward.store.ReleaseStore;
import dev.onward.store.ReleaseStore.PartialRelease;
import dev.onward.web.board.view.ReleasePage;
import dev.onward.web.http.NotFoundException;
import dev.onward.web.http.ReleaseIdPrefix;
import dev.onward.web.http.VisibleProjects;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;

/**
 * One release. At most two consistent reads of DynamoDB: itself, for its deployments, and the one
 * before.
 */
@Path("/projects/{project}/releases/{release}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class ReleasePages {
  private final VisibleProjects visible;
  private final PageLayouts frames;
  private final ProjectStores.Provider stores;
  private final ReleaseIdPrefix known;

  ReleasePages(
      VisibleProjects visible,
      PageLayouts frames,
      ProjectStores.Provider stores,
      ReleaseIdPrefix known) {
    this.visible = visible;
    this.frames = frames;
    this.stores = stores;
    this.known = known;
  }

  @GET
  public TemplateInstance release(
      @PathParam("project") String project, @PathParam("release") String release) {
    Instant now = visible.now();
    ProjectStatus status = visible.existing(project);
    ProjectId id = status.desired().project();
    ReleaseStore releases = stores.open(id, status.desired().role()).releases();
    PartialRelease found =
        releases
            .partial(known.named(new ReleaseId(release), status))
            .filter(it -> it.release().project().equals(id))
            .orElseThrow(
                () ->
                    new NotFoundException("project %s has no release '%s'".formatted(id, release)));
    Optional<Release> previous =
        found.release().manifest().previous().flatMap(before -> find(before, status, releases));
    return Templates.release(
        frames.of(
            status.desired(), "Release " + found.release().id().shortForm(), "project", true, now),
        ReleasePage.of(status, found, previous, now));
  }

  /**
   * What is known from the last cycle never changes. One of which not all can be read is as good as
   * none: nothing can be compared with it.
   */
  private static Optional<Release> find(ReleaseId id, ProjectStatus status, ReleaseStore releases) {
    return status
        .seen()
        .flatMap(seen -> seen.observed().release(id))
        .or(
            () ->
                releases
                    .partial(id)
                    .filter(it -> it.unreadable().isEmpty())
                    .map(PartialRelease::release));
  }
}
