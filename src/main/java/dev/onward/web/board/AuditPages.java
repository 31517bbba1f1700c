package dev.onward.web.board;

import dev.onward.access.Role;
import dev.onward.access.Scope;
import dev.onward.access.http.CallerResolver;
import dev.onward.store.ProjectStores;
import dev.onward.web.board.view.AuditPage;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;

/** What happened to everything: one query to DynamoDB a page. */
@Path("/audit")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class AuditPages {
  static final int PAGE = 50;

  private final CallerResolver callers;
  private final PageLayouts frames;
  private final ProjectStores.Provider stores;

  AuditPages(CallerResolver callers, PageLayouts frames, ProjectStores.Provider stores) {
    this.callers = callers;
    this.frames = frames;
    this.stores = stores;
  }

  @GET
  public TemplateInstance everything(@QueryParam("cursor") Optional<String> cursor) {
    Instant now = frames.now();
    // What happened to everything may tell of any project.
    callers.reader().require(Role.VIEWER, new Scope.Everything());
    return Templates.audit(
        frames.everything("Audit", "audit", now),
        AuditPage.of(stores.daemon().audit().page(PAGE, cursor), now));
  }
}
