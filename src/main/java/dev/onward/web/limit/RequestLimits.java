package dev.onward.web.limit;

import dev.onward.status.metrics.ReconcileMetrics;
import dev.onward.web.http.ProblemResponder;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Bounds what requests cost, so that reconcile cycles, probes and memory never suffer from readers:
 * requests that run at a time, by kind; requests that wait; answers that nobody reads.
 *
 * <p>Acts, reads of tables and reads of memory have places of their own: whoever floods one kind
 * keeps no other waiting. Event streams have a bound of their own.
 */
@ApplicationScoped
class RequestLimits {
  /** After the body's size is known to be right, before anybody is asked who they are. */
  private static final int THIRD = 800;

  /** Of reads from memory at a time: rendering is computing, and cycles need the processor. */
  private static final int READS = 8;

  private static final int TABLE_READS = 8;
  private static final int ACTS = 16;

  /** As many as a few hundred connections may have under way. */
  private static final int WAITING = 128;

  /** Of all answers that are written and not yet sent. */
  private static final long UNSENT_BYTES = 32L << 20;

  /** Whoever ignores Retry-After comes back no faster. */
  private static final long BEFORE_REFUSING_MS = 100;

  private static final String RETRY_AFTER_SECONDS = "1";

  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private static final Pattern STREAMS = Pattern.compile("/events|/api/v1/events");

  /** What cannot be answered from memory, or computes for long. */
  private static final Pattern TABLES =
      Pattern.compile(".*/(releases|audit|history|deployments|images|compare|replay)(/.*)?");

  /** Two hundred event streams and as many readers again. */
  private final ConnectionLimit connections = new ConnectionLimit(500);

  private final ConnectionLimit managementConnections = new ConnectionLimit(64);

  private final ConcurrencyLimit reads = new ConcurrencyLimit(READS, WAITING);
  private final ConcurrencyLimit tableReads = new ConcurrencyLimit(TABLE_READS, WAITING);
  private final ConcurrencyLimit acts = new ConcurrencyLimit(ACTS, WAITING);

  private final ProblemResponder answers;
  private final ReconcileMetrics metrics;
  private final Vertx vertx;
  private final RoutingContext routing;

  /**
   * @param routing stands for that of the request that is being answered
   */
  RequestLimits(
      ProblemResponder answers, ReconcileMetrics metrics, Vertx vertx, RoutingContext routing) {
    this.answers = answers;
    this.metrics = metrics;
    this.vertx = vertx;
    this.routing = routing;
  }

  void onStart(@Observes Filters filters) {
    filters.register(request -> whenReadable(connections, request, this::admit), THIRD);
  }

  /** Probes wait for nobody, and scrapes are answered together. */
  void onStart(@Observes ManagementInterface management) {
    management
        .router()
        .route()
        .order(Integer.MIN_VALUE)
        .handler(request -> whenReadable(managementConnections, request, RoutingContext::next));
  }

  /** Back-pressure: nothing is begun for a connection that does not read what it has asked for. */
  private void whenReadable(
      ConnectionLimit limit, RoutingContext request, Consumer<RoutingContext> then) {
    if (!limit.admits(request)) {
      return;
    }
    ConnectionGuard.install(request.request());
    var response = request.response();
    if (response.writeQueueFull()) {
      response.drainHandler(
          _ -> {
            response.drainHandler(null);
            then.accept(request);
          });
    } else {
      then.accept(request);
    }
  }

  private void admit(RoutingContext request) {
    String path = request.request().path();
    if (STREAMS.matcher(path).matches()) {
      request.next();
    } else if (ConnectionGuard.unsentBytes() > UNSENT_BYTES) {
      refuse(request, Status.SERVICE_UNAVAILABLE, "too many answers are waiting to be read");
    } else {
      enter(share(request.request().method(), path), request);
    }
  }

  private ConcurrencyLimit share(HttpMethod method, String path) {
    if (TABLES.matcher(path).matches() && (READING.contains(method) || path.endsWith("/replay"))) {
      return tableReads;
    }
    return READING.contains(method) ? reads : acts;
  }

  private void enter(ConcurrencyLimit share, RoutingContext request) {
    Context context = vertx.getOrCreateContext();
    boolean entered = share.enter(() -> context.runOnContext(_ -> begin(share, request)));
    if (!entered) {
      refuse(request, Status.TOO_MANY_REQUESTS, "too many requests are under way");
    }
  }

  private static void begin(ConcurrencyLimit share, RoutingContext request) {
    if (request.response().closed()) {
      share.leave();
      return;
    }
    var admitted = new Admitted(share);
    request.put(Admitted.KEY, admitted);
    request.addEndHandler(_ -> admitted.answered());
    request.next();
  }

  private void refuse(RoutingContext request, Status status, String why) {
    metrics.refused("busy");
    vertx.setTimer(
        BEFORE_REFUSING_MS,
        _ -> {
          if (!request.response().closed()) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            answers.send(request, status, why + "; ask again later");
          }
        });
  }

  /** A resource begins to work on it: whoever leaves now does not give back its place. */
  @ServerRequestFilter(preMatching = true)
  void workBegins(ContainerRequestContext request) {
    if (routing.get(Admitted.KEY) instanceof Admitted admitted) {
      admitted.workBegins();
    }
  }

  @ServerResponseFilter
  void workEnds(ContainerResponseContext response) {
    if (routing.get(Admitted.KEY) instanceof Admitted admitted) {
      admitted.workEnds();
    }
  }

  /**
   * A request that has a place, until it is answered (or its client left) and nobody works on it.
   */
  private static final class Admitted {
    static final String KEY = Admitted.class.getName();

    private final ConcurrencyLimit share;
    private boolean working;
    private boolean answered;
    private boolean left;

    Admitted(ConcurrencyLimit share) {
      this.share = share;
    }

    synchronized void workBegins() {
      working = true;
    }

    void workEnds() {
      synchronized (this) {
        working = false;
      }
      leave();
    }

    void answered() {
      synchronized (this) {
        answered = true;
      }
      leave();
    }

    private void leave() {
      synchronized (this) {
        if (left || working || !answered) {
          return;
        }
        left = true;
      }
      share.leave();
    }
  }
}
