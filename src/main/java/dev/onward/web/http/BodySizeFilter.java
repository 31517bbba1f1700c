package dev.onward.web.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Says in words what is wrong with a request before anything of it is read, where the server itself
 * would answer with a bare status or break: a body that is too large, or no host that is asked for.
 * Programs get a problem document, people a page. (What is no URL at all, or too long a one, is
 * refused before Onward hears of it.)
 */
@ApplicationScoped
class BodySizeFilter {
  private static final Logger LOG = Logger.getLogger(BodySizeFilter.class);

  /** After the request has its id, before the server's own limit. */
  private static final int SECOND = 900;

  private static final int FIRST_OF_ROUTES = Integer.MIN_VALUE;

  private static final String NO_HOST =
      "the request does not say which host it asks: send a Host header, or :authority with HTTP/2";

  private final DenialAudit denials;
  private final ProblemResponder answers;
  private final long limit;

  BodySizeFilter(
      DenialAudit denials,
      ProblemResponder answers,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
    this.denials = denials;
    this.answers = answers;
    this.limit = limit.asLongValue();
  }

  void onStart(@Observes Filters filters) {
    filters.register(this::check, SECOND);
  }

  /** Where HTTP/1.1 and HTTP/2 demand a host, the router fails before it looks for a route. */
  void onStart(@Observes Router router) {
    router
        .route()
        .order(FIRST_OF_ROUTES)
        .failureHandler(
            request -> {
              if (isOver(request)) {
                LOG.debugf("Nobody was told of this: %s", request.failure());
              } else if (asksNoHost(request)) {
                refuseWithoutHost(request);
              } else {
                request.next();
              }
            });
  }

  /** The client left, or the server itself answered while the body was read: it grew too large. */
  private static boolean isOver(RoutingContext request) {
    return request.failure() instanceof IllegalStateException
        && (request.response().ended() || request.response().closed());
  }

  private void check(RoutingContext request) {
    if (length(request).filter(bytes -> bytes > limit).isPresent()) {
      refuse(
          request,
          Status.REQUEST_ENTITY_TOO_LARGE,
          "the body is larger than %s KB".formatted(limit / 1024));
    } else if (asksNoHost(request)) {
      refuseWithoutHost(request);
    } else {
      request.next();
    }
  }

  /** Probes and scrapes of old programs may do without. */
  private static boolean asksNoHost(RoutingContext request) {
    return request.request().authority() == null
        && !String.valueOf(request.request().path()).startsWith("/q/");
  }

  private void refuseWithoutHost(RoutingContext request) {
    denials.malformed(request, NO_HOST);
    refuse(request, Status.BAD_REQUEST, NO_HOST);
  }

  private void refuse(RoutingContext request, Status status, String detail) {
    // HTTP/2 forbids the header, and ends the stream alone.
    if (request.request().version() != HttpVersion.HTTP_2) {
      request.response().putHeader("Connection", "close");
    }
    answers.send(request, status, detail);
  }

  /** Absent of a body in chunks: that is stopped when it has grown too large. */
  private static Optional<Long> length(RoutingContext request) {
    try {
      return Optional.ofNullable(request.request().getHeader(HttpHeaders.CONTENT_LENGTH))
          .map(Long::valueOf);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
