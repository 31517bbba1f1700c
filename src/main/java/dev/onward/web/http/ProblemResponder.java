package dev.onward.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;

/**
 * Answers a request with a problem before any resource sees it: programs get a problem document,
 * people a page.
 */
@ApplicationScoped
public class ProblemResponder {
  private final ObjectMapper json;

  ProblemResponder(ObjectMapper json) {
    this.json = json;
  }

  public void send(RoutingContext request, Status status, String detail) {
    ProblemDetail named =
        ProblemDetail.of(status.getStatusCode(), detail, String.valueOf(request.request().path()))
            .of(RequestIdFilter.of(request));
    boolean forPrograms = named.instance().startsWith("/api/");
    request
        .response()
        .setStatusCode(named.status())
        .putHeader(
            HttpHeaders.CONTENT_TYPE,
            forPrograms ? ProblemDetail.MEDIA_TYPE : "text/html;charset=UTF-8")
        .end(forPrograms ? text(named) : page(named.title(), named.detail()));
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

  private String text(ProblemDetail problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem that cannot be written", e);
    }
  }
}
