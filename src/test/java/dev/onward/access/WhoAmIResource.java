package dev.onward.access;

import dev.onward.access.http.CallerResolver;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A page of the board as far as it matters here: it can be looked at and acted on. */
@Path("/who-am-i")
@Produces(MediaType.TEXT_PLAIN)
public class WhoAmIResource {
  private final CallerResolver callers;

  WhoAmIResource(CallerResolver callers) {
    this.callers = callers;
  }

  @GET
  @Operation(hidden = true)
  public String look() {
    var requester = callers.reader().requester();
    return requester.id() + " " + requester.name();
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public String act() {
    Caller caller = callers.actor();
    caller.require(Role.ADMIN, new Scope.Everything());
    return "done by " + caller.requester().name();
  }
}
