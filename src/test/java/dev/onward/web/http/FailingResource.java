package dev.onward.web.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A resource with a bug in it, for tests alone. */
@Path("/api/v1/breaks")
@Produces(MediaType.APPLICATION_JSON)
public class FailingResource {
  public static final String INSIDES = "table onward-state at 10.0.0.7";

  @GET
  @Operation(hidden = true)
  public String breaks() {
    throw new IllegalStateException(INSIDES);
  }
}
