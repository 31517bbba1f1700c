package dev.onward.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Says in words that a body is too large, before any of it is read: the server itself would answer
 * with a bare status. Programs get a problem document, people a page. (What is no URL at all, or
 * too long a one, is refused before Onward hears of it.)
 */
@ApplicationScoped
class EarlyFailures {
  /** After the request has its id, before the server's own limit. */
  private static final int SECOND = 900;

  private final ObjectMapper json;
  private final long limit;

  EarlyFailures(
      ObjectMapper json,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
    this.json = json;
    this.limit = limit.asLongValue();
  }

  void onStart(@Observes Filters filters) {
    filters.register(this::check, SECOND);
  }

  private void check(RoutingContext request) {
    if (length(request).filter(bytes -> bytes > limit).isEmpty()) {
      request.next();
      return;
    }
    var problem =
        ProblemDetail.of(
                Status.REQUEST_ENTITY_TOO_LARGE.getStatusCode(),
                "the body is larger than %d KB".formatted(limit / 1024),
                request.request().path())
            .of(RequestIds.of(request));
    boolean forPrograms = request.request().path().startsWith("/api/");
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader(
            HttpHeaders.CONTENT_TYPE,
            forPrograms ? ProblemDetail.MEDIA_TYPE : "text/html;charset=UTF-8")
        .putHeader("Connection", "close")
        .end(forPrograms ? text(problem) : page(problem.title(), problem.detail()));
  }

  /** Of fixed words alone: nothing of the request is shown. */
  static String page(String title, String detail) {
    return """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>%s</title>
        <h1>%s</h1>
        <p>%s</p>
        <p><a href="/">To the estate</a></p>
        </html>
        """
        .formatted(title, title, detail);
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

  private String text(ProblemDetail problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem that cannot be written", e);
    }
  }
}
