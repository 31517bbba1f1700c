package dev.onward.web.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Gives every request an id, its own if it brings a good one, by which its answer, the log and the
 * audit trail can be brought together.
 */
@ApplicationScoped
public class RequestIdFilter {
  static final String HEADER = "X-Request-Id";

  private static final String KEY = RequestIdFilter.class.getName();

  /** Before whatever may refuse a request: a refusal has an id, too. */
  private static final int FIRST = 1_000;

  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  private final RoutingContext routing;

  /**
   * @param routing stands for that of the request that is being answered
   */
  RequestIdFilter(RoutingContext routing) {
    this.routing = routing;
  }

  void onStart(@Observes Filters filters) {
    filters.register(
        request -> {
          identify(request);
          request.next();
        },
        FIRST);
  }

  private static void identify(RoutingContext request) {
    String id = choose(Optional.ofNullable(request.request().getHeader(HEADER)));
    request.put(KEY, id);
    request.response().putHeader(HEADER, id);
    MDC.put("request", id);
  }

  static String choose(Optional<String> given) {
    return given
        .filter(id -> WELL_FORMED.matcher(id).matches())
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  /** That of the request that is being answered. */
  String current() {
    return of(routing);
  }

  /** That of a request. */
  static String of(RoutingContext request) {
    String id = request.get(KEY);
    return id == null ? choose(Optional.empty()) : id;
  }

  @ServerResponseFilter
  void nameIn(ContainerResponseContext response) {
    if (response.getEntity() instanceof ProblemDetail problem) {
      response.setEntity(problem.of(current()));
    }
  }
}
