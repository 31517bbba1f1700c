package dev.onward.web.api;

import dev.onward.OnwardConfig;
import dev.onward.access.http.CallerResolver;
import dev.onward.lease.LeaderElector;
import dev.onward.lease.ReplicaIdentity;
import dev.onward.manifest.Manifests;
import dev.onward.model.ProjectId;
import dev.onward.plan.Words;
import dev.onward.reconcile.ReconcileLoop;
import dev.onward.status.ProjectStatus;
import dev.onward.status.StatusSnapshot;
import dev.onward.store.Failure;
import dev.onward.web.api.view.CycleView;
import dev.onward.web.api.view.DaemonView;
import dev.onward.web.api.view.InterventionsView;
import dev.onward.web.api.view.ManifestView;
import dev.onward.web.http.VisibleProjects;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Onward itself: its mode, its manifests, and how each project's cycles go. */
@Path("/api/v1/daemon")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Daemon")
public class DaemonResource {
  private final CallerResolver callers;
  private final VisibleProjects visible;
  private final ReconcileLoop loop;
  private final LeaderElector leadership;
  private final ReplicaIdentity replica;
  private final OnwardConfig config;
  private final String version;

  DaemonResource(
      CallerResolver callers,
      VisibleProjects visible,
      ReconcileLoop loop,
      LeaderElector leadership,
      ReplicaIdentity replica,
      OnwardConfig config,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.callers = callers;
    this.visible = visible;
    this.loop = loop;
    this.leadership = leadership;
    this.replica = replica;
    this.config = config;
    this.version = version;
  }

  @GET
  @Operation(
      operationId = "getDaemon",
      summary = "How Onward itself is",
      description =
          "From memory; AWS is not asked. Of several replicas one leads: it has the lease, and"
              + " reconciles. The others stand by; what they show is what they last looked at. What"
              + " is said of cycles is of the replica that answers.")
  public DaemonView daemon() {
    Manifests manifests = visible.manifests();
    return new DaemonView(
        version,
        Words.of(config.mode()),
        Words.of(callers.writes()),
        seconds(config.interval()),
        loop.isStarted(),
        loop.lastTickAt(),
        Words.of(leadership.state()),
        leadership.leader(),
        lease(),
        replicas(),
        StatusSnapshot.oldestObservation(visible.projects()),
        InterventionsView.of(visible.globalInterventions(), visible.now()),
        new DaemonView.Manifests(
            manifests.valid(),
            manifests.problems().stream().map(ManifestView.Problem::of).toList()),
        visible.projects().stream().map(status -> project(status, manifests)).toList());
  }

  private Optional<DaemonView.Lease> lease() {
    return leadership.isAlone()
        ? Optional.empty()
        : Optional.of(
            new DaemonView.Lease(
                config.lease().name(),
                seconds(config.lease().term()),
                seconds(config.lease().standbyInterval()),
                leadership.problem().map(Failure::message)));
  }

  private List<DaemonView.Replica> replicas() {
    Optional<String> leader = leadership.leader();
    return leadership.replicas().entrySet().stream()
        .map(
            it ->
                new DaemonView.Replica(
                    it.getKey(),
                    it.getValue().startedAt(),
                    it.getKey().equals(replica.id()),
                    leader.filter(it.getKey()::equals).isPresent()))
        .toList();
  }

  private static DaemonView.Project project(ProjectStatus status, Manifests manifests) {
    ProjectId id = status.desired().project();
    var manifest = ManifestView.of(id, manifests);
    return new DaemonView.Project(
        id.value(), manifest.file(), manifest.stale(), CycleView.of(status));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
