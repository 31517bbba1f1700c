package dev.onward.api;

import dev.onward.access.Denied;
import dev.onward.model.AuditEvent;
import dev.onward.model.Requester;
import dev.onward.plan.Words;
import dev.onward.reconcile.AuditNotes;
import dev.onward.reconcile.AuditTrail;
import dev.onward.reconcile.ProjectStores;
import dev.onward.status.OnwardMetrics;
import dev.onward.status.ProjectStatus;
import dev.onward.status.StatusBoard;
import io.github.bucket4j.Bucket;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Keeps a record of what was refused: who, what, on what and why. Only so much of it goes to the
 * tables, for everybody can have something refused as often as they like; the log and a counter
 * have the rest.
 */
@ApplicationScoped
public class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);

  private static final Requester UNKNOWN = new Requester("unknown", "unknown");
  private static final int A_MINUTE = 60;

  private final StatusBoard board;
  private final ProjectStores.Provider stores;
  private final OnwardMetrics metrics;
  private final RequestIds ids;
  private final Bucket bucket =
      Bucket.builder()
          .addLimit(limit -> limit.capacity(A_MINUTE).refillGreedy(A_MINUTE, Duration.ofMinutes(1)))
          .build();

  Refusals(
      StatusBoard board, ProjectStores.Provider stores, OnwardMetrics metrics, RequestIds ids) {
    this.board = board;
    this.stores = stores;
    this.metrics = metrics;
    this.ids = ids;
  }

  void denied(@Observes Denied denied) {
    metrics.refused(Words.of(denied.kind()));
    note(denied.who().orElse(UNKNOWN), denied.method(), denied.path(), denied.detail());
  }

  /** What stands or what gates hold kept somebody from it. */
  void contradicted(Requester who, String reason, RoutingContext request) {
    metrics.refused("conflict");
    note(who, request.request().method().name(), Problems.path(request), reason);
  }

  /** Nobody waits for it. */
  private void note(Requester who, String method, String path, String reason) {
    var place = Place.of(path);
    var event =
        new AuditEvent(
            Instant.now(),
            "refused",
            who,
            place.subject(),
            Optional.empty(),
            Optional.empty(),
            "%s %s: %s".formatted(method, place.path(), reason),
            ids.current());
    if (bucket.tryConsume(1)) {
      Thread.startVirtualThread(() -> AuditNotes.note(trail(place), event));
    } else {
      LOG.infof("refused %s by %s (%s)", event.detail(), who.id(), event.request());
    }
  }

  private AuditTrail trail(Place place) {
    return place
        .project()
        .flatMap(board::project)
        .map(ProjectStatus::desired)
        .map(desired -> stores.open(desired.project(), desired.role()).audit())
        .orElseGet(() -> stores.daemon().audit());
  }
}
