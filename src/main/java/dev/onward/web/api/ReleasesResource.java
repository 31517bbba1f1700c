package dev.onward.web.api;

import dev.onward.model.EnvironmentId;
import dev.onward.plan.DesiredState;
import dev.onward.query.ImageQuery;
import dev.onward.query.ReleaseSearch;
import dev.onward.status.ProjectStatus;
import dev.onward.store.ProjectStores;
import dev.onward.store.ReleaseStore;
import dev.onward.store.ReleaseStore.ReleasePage;
import dev.onward.web.api.view.ReleasesView;
import dev.onward.web.http.VisibleProjects;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A project's releases. */
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Releases")
public class ReleasesResource {
  private final VisibleProjects visible;
  private final ProjectStores.Provider stores;

  ReleasesResource(VisibleProjects visible, ProjectStores.Provider stores) {
    this.visible = visible;
    this.stores = stores;
  }

  @GET
  @Path("/{project}/releases")
  @Operation(
      operationId = "listReleases",
      summary = "A project's releases, newest release first; by environment; by image",
      description =
          "One Query of DynamoDB, of an index that may lag by a moment. With environment or image,"
              + " for which there is no index: up to 5 of them, of 100 releases each; a page may then"
              + " be empty and have a next_cursor all the same. Where each release is now, current_in,"
              + " is from memory.")
  public ReleasesView releases(
      @PathParam("project") String project,
      @Parameter(
              description =
                  "Only releases that were ever deployed to this environment. When they were:"
                      + " /projects/{project}/deployments")
          @QueryParam("environment")
          Optional<String> environment,
      @Parameter(
              description =
                  "Only releases that have this image: its URI, the end of it from a slash on such as"
                      + " name:tag, its digest, or its tag",
              example = "archivist:0123abc")
          @QueryParam("image")
          Optional<String> image,
      @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT_TEXT) String limit,
      @QueryParam("cursor") Optional<String> cursor) {
    ProjectStatus status = visible.existing(project);
    DesiredState desired = status.desired();
    var search = new ReleaseSearch(environment.map(EnvironmentId::new), image.map(ImageQuery::new));
    int most = PageLimit.of(limit);
    ReleaseStore store = stores.open(desired.project(), desired.role()).releases();
    ReleasePage page =
        search.isForAll() ? store.releases(most, cursor) : search.find(store, most, cursor);
    return ReleasesView.of(page, status, search);
  }
}
