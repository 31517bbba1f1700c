package dev.onward.web.http;

import dev.onward.access.AccessDenied;
import dev.onward.model.AuditEvent;
import dev.onward.model.Requester;
import dev.onward.plan.Words;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.status.ProjectStatus;
import dev.onward.status.StatusSnapshot;
import dev.onward.status.metrics.ReconcileMetrics;
import dev.onward.store.AuditTrail;
import dev.onward.store.AuditWriter;
import dev.onward.store.ProjectStores;
import io.github.bucket4j.TimeMeter;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Keeps a record of what was refused: who, what, on what and why. Only so much of it goes to the
 * tables, for everybody can have something refused as often as they like; the log and a counter
 * have the rest. What nobody known was refused is no project's business, whatever its path names.
 */
@ApplicationScoped
public class DenialAudit {
  private static final Logger LOG = Logger.getLogger(DenialAudit.class);

  private static final Requester UNKNOWN = new Requester("unknown", "unknown");

  private final StatusSnapshot board;
  private final ProjectStores.Provider stores;
  private final ReconcileMetrics metrics;
  private final RequestIdFilter ids;
  private final SkewCorrectedClock clock;
  private final RoutingContext routing;
  private final DenialAuditRateLimit shares = new DenialAuditRateLimit(TimeMeter.SYSTEM_NANOTIME);

  /**
   * @param routing stands for that of the request that is being answered
   */
  DenialAudit(
      StatusSnapshot board,
      ProjectStores.Provider stores,
      ReconcileMetrics metrics,
      RequestIdFilter ids,
      SkewCorrectedClock clock,
      RoutingContext routing) {
    this.board = board;
    this.stores = stores;
    this.metrics = metrics;
    this.ids = ids;
    this.clock = clock;
    this.routing = routing;
  }

  void denied(@Observes AccessDenied denied) {
    metrics.refused(Words.of(denied.kind()));
    note(denied.who(), denied.method(), denied.path(), denied.detail());
  }

  /** What stands or what gates hold kept somebody from it. */
  void contradicted(Requester who, String reason) {
    metrics.refused("conflict");
    note(
        Optional.of(who),
        routing.request().method().name(),
        ExceptionMappers.path(routing),
        reason);
  }

  /** Refused before any resource, or anybody who asks, is known. */
  void malformed(RoutingContext request, String reason) {
    metrics.refused("malformed");
    note(
        Optional.empty(),
        request.request().method().name(),
        RequestSubject.of(String.valueOf(request.request().path())),
        reason,
        RequestIdFilter.of(request));
  }

  private void note(Optional<Requester> who, String method, String path, String reason) {
    var named = RequestSubject.of(path);
    RequestSubject place =
        CommandRequestInfo.of(routing)
            .map(commandInfo -> named.about(commandInfo.subject()))
            .orElse(named);
    note(who, method, place, reason, ids.current());
  }

  /** Nobody waits for it. */
  private void note(
      Optional<Requester> who, String method, RequestSubject place, String reason, String request) {
    var event =
        new AuditEvent(
            clock.instant(),
            "refused",
            who.orElse(UNKNOWN),
            place.subject(),
            Optional.empty(),
            Optional.empty(),
            "%s %s: %s".formatted(method, place.path(), reason),
            request);
    if (shares.take(who)) {
      Thread.startVirtualThread(
          () -> AuditWriter.note(who.flatMap(known -> trail(place)).orElseGet(this::ofAll), event));
    } else {
      LOG.infof("refused %s by %s (%s)", event.detail(), event.who().id(), event.request());
    }
  }

  /** Empty if it is about no project in force. */
  private Optional<AuditTrail> trail(RequestSubject place) {
    return place
        .project()
        .flatMap(board::project)
        .map(ProjectStatus::desired)
        .map(desired -> stores.open(desired.project(), desired.role()).audit());
  }

  private AuditTrail ofAll() {
    return stores.daemon().audit();
  }
}
