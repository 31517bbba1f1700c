package dev.onward.web.api;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.ObservedState;
import dev.onward.query.ImageHistory;
import dev.onward.query.ParameterHistoryCache;
import dev.onward.status.ProjectStatus;
import dev.onward.store.ParameterStore;
import dev.onward.store.ProjectStores;
import dev.onward.web.api.view.ImageHistoryView;
import dev.onward.web.api.view.ImagesView;
import dev.onward.web.http.NotFoundException;
import dev.onward.web.http.ObservedStates;
import dev.onward.web.http.VisibleProjects;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which images are, and were, under labels and in environments. */
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Images")
public class ImagesResource {
  /** Each is a call or two to SSM; whoever wants more asks by service. */
  private static final int MOST_SERVICES = 50;

  private static final String FROM_SSM =
      "The newest 100 versions that SSM keeps of each parameter; of all services merged, unless one"
          + " is asked for. One or two GetParameterHistory calls a service, out of the calls to SSM"
          + " that Onward allows itself (onward.ssm.reads-per-second), so it may take a moment;"
          + " none for a parameter that was read before and has not changed since. Without a"
          + " service, of 50 services at most. All readers together have 5 histories a second, and"
          + " 100 at once; beyond that the answer is 429, and Retry-After says when to ask again."
          + " Which parameters there are is from memory.";

  private final VisibleProjects visible;
  private final ProjectStores.Provider stores;
  private final ParameterHistoryCache histories;

  ImagesResource(
      VisibleProjects visible, ProjectStores.Provider stores, ParameterHistoryCache histories) {
    this.visible = visible;
    this.stores = stores;
    this.histories = histories;
  }

  @GET
  @Path("/{project}/images")
  @Operation(
      operationId = "listImages",
      summary = "Which image each service has under each label and in each environment",
      description = "From memory; AWS is not asked.")
  public ImagesView images(
      @PathParam("project") String project, @QueryParam("service") Optional<String> service) {
    Optional<ServiceId> only = service.map(ServiceId::new);
    return ImagesView.of(
        visible.existing(project), found -> only.filter(asked -> !asked.equals(found)).isEmpty());
  }

  @GET
  @Path("/{project}/labels/{label}/history")
  @Operation(
      operationId = "getLabelHistory",
      summary = "What was published under a label, newest first",
      description = FROM_SSM)
  public ImageHistoryView labelHistory(
      @PathParam("project") String project,
      @PathParam("label") String label,
      @QueryParam("service") Optional<String> service,
      @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT_TEXT) String limit,
      @QueryParam("cursor") Optional<String> cursor) {
    return history(project, new Label(label), service, PageLimit.of(limit), cursor);
  }

  @GET
  @Path("/{project}/environments/{environment}/history")
  @Operation(
      operationId = "getEnvironmentHistory",
      summary = "What was in an environment's parameters, newest first",
      description = FROM_SSM)
  public ImageHistoryView environmentHistory(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("service") Optional<String> service,
      @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT_TEXT) String limit,
      @QueryParam("cursor") Optional<String> cursor) {
    return history(project, new EnvironmentId(environment), service, PageLimit.of(limit), cursor);
  }

  private ImageHistoryView history(
      String project, Source place, Optional<String> service, int limit, Optional<String> cursor) {
    ProjectStatus status = visible.existing(project);
    Optional<ServiceId> only = service.map(ServiceId::new);
    SortedMap<ServiceId, ObservedParameter> parameters =
        parameters(ObservedStates.of(status), place, only);
    DesiredState desired = status.desired();
    ParameterStore store = stores.open(desired.project(), desired.role()).parameters();
    var page =
        ImageHistory.page(
            parameters.keySet(),
            id ->
                histories.of(
                    key(desired, place, Objects.requireNonNull(parameters.get(id))), store),
            limit,
            cursor);
    return ImageHistoryView.of(desired.project(), place, page);
  }

  private static SortedMap<ServiceId, ObservedParameter> parameters(
      ObservedState seen, Source place, Optional<ServiceId> only) {
    var found = new TreeMap<ServiceId, ObservedParameter>(seen.parameters(place));
    only.ifPresent(asked -> found.keySet().removeIf(id -> !id.equals(asked)));
    if (found.isEmpty()) {
      throw new NotFoundException(
          "there is no parameter of %s under '%s', as of the last cycle"
              .formatted(
                  only.map(id -> "the service '%s'".formatted(id)).orElse("any service"),
                  place.value()));
    }
    if (found.size() > MOST_SERVICES) {
      throw new InvalidValueException(
          "query parameter service",
          "",
          "one of the %s services: more than %s are too many to read at once"
              .formatted(found.size(), MOST_SERVICES));
    }
    return found;
  }

  private static ParameterHistoryCache.Key key(
      DesiredState desired, Source place, ObservedParameter it) {
    return new ParameterHistoryCache.Key(
        new ParameterName(desired.project(), place, it.service()), it.version(), it.lastModified());
  }
}
