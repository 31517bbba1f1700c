package dev.onward.web.api;

import dev.onward.access.Role;
import dev.onward.access.Scope;
import dev.onward.access.http.CallerResolver;
import dev.onward.store.ProjectStores;
import dev.onward.web.api.view.AuditView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happened to everything at once: who did what, and who was not let. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Audit")
public class AuditResource {
  private final CallerResolver callers;
  private final ProjectStores.Provider stores;

  AuditResource(CallerResolver callers, ProjectStores.Provider stores) {
    this.callers = callers;
    this.stores = stores;
  }

  /** It may tell of any project, so it is only for those who may see all. */
  @GET
  @Operation(
      operationId = "listAudit",
      summary = "What happened to everything at once, newest first",
      description =
          "What was said about everything, and requests that were refused before they came to a"
              + " project; what happened in a project is there. For those who may see every project."
              + " Queries of DynamoDB, usually one.")
  public AuditView ofEverything(
      @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT_TEXT) String limit,
      @QueryParam("cursor") Optional<String> cursor) {
    callers.reader().require(Role.VIEWER, new Scope.Everything());
    return AuditView.of(stores.daemon().audit().page(PageLimit.of(limit), cursor));
  }
}
