package dev.onward.web.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where everything is, for whoever begins here. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Daemon")
public class IndexResource {
  private static final Index INDEX =
      new Index(
          "/api/v1/projects",
          "/api/v1/interventions",
          "/api/v1/audit",
          "/api/v1/daemon",
          "/api/v1/events",
          "/q/openapi",
          "/q/swagger-ui");

  /** Paths to begin with. */
  @Schema(name = "Index")
  record Index(
      String projects,
      String interventions,
      String audit,
      String daemon,
      String events,
      String openapi,
      String openapiUi) {}

  @GET
  @Operation(operationId = "index", summary = "Where to begin", description = "Always the same.")
  public Index index() {
    return INDEX;
  }
}
