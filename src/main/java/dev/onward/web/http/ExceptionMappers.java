package dev.onward.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onward.access.AccessDenied;
import dev.onward.access.AccessDeniedException;
import dev.onward.model.InvalidValueException;
import dev.onward.query.TooManyRequestsException;
import dev.onward.store.StoreException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.common.providers.serialisers.MapAsFormUrlEncodedProvider;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.vertx.VertxInputStream;

/**
 * Turns whatever goes wrong with a request into a problem detail, and tells nobody about insides.
 */
class ExceptionMappers {
  private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);

  /** What the server says of a body in chunks that has grown too large. */
  private static final String TOO_LARGE = "Request too large";

  private static final String READING_BODIES = VertxInputStream.class.getName();
  private static final String READING_FORMS = MapAsFormUrlEncodedProvider.class.getName();
  private static final String WRITING = "io.netty.channel.AbstractChannel$AbstractUnsafe";

  private final Event<AccessDenied> denials;
  private final ObjectMapper json;

  ExceptionMappers(Event<AccessDenied> denials, ObjectMapper json) {
    this.denials = denials;
    this.json = json;
  }

  @ServerExceptionMapper
  Response invalid(InvalidValueException e, UriInfo request) {
    return response(ProblemDetail.of(e, path(request)));
  }

  @ServerExceptionMapper
  Response denied(AccessDeniedException e, UriInfo request, Request http) {
    denials.fire(new AccessDenied(e.who(), http.getMethod(), path(request), e.kind(), e.detail()));
    Status status =
        switch (e.kind()) {
          case UNAUTHENTICATED -> Status.UNAUTHORIZED;
          case FORBIDDEN -> Status.FORBIDDEN;
          case WRONG_CONTENT_TYPE -> Status.UNSUPPORTED_MEDIA_TYPE;
          case UNAVAILABLE -> Status.SERVICE_UNAVAILABLE;
        };
    Response response = response(status, e.detail(), request);
    return e.kind() == AccessDeniedException.Kind.UNAUTHENTICATED
        ? Response.fromResponse(response).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build()
        : response;
  }

  /** The very same body; and where it had an address, that of what it made. */
  @ServerExceptionMapper
  Response again(ReplayedResponseException e) throws JsonProcessingException {
    int status = e.answer().status();
    var response =
        Response.status(status)
            .type(status < 400 ? MediaType.APPLICATION_JSON : ProblemDetail.MEDIA_TYPE)
            .header("Idempotency-Replayed", true)
            .entity(e.answer().body());
    if (status == Status.CREATED.getStatusCode()) {
      response.location(ReleaseLocation.in(json.readTree(e.answer().body())));
    }
    return response.build();
  }

  @ServerExceptionMapper
  Response notFound(NotFoundException e, UriInfo request) {
    return response(Status.NOT_FOUND, e.detail(), request);
  }

  @ServerExceptionMapper
  Response tooMany(TooManyRequestsException e, UriInfo request) {
    return Response.fromResponse(response(Status.TOO_MANY_REQUESTS, e.detail(), request))
        .header(HttpHeaders.RETRY_AFTER, e.retryAfter().toSeconds())
        .build();
  }

  @ServerExceptionMapper
  Response refused(CommandRejectedException e, UriInfo request) {
    return response(e.problem(path(request)));
  }

  /** The failure's words are meant for people and name no secret. */
  @ServerExceptionMapper
  Response storeUnavailable(StoreException e, UriInfo request) {
    return response(Status.SERVICE_UNAVAILABLE, e.failure().message(), request);
  }

  /** What the framework refuses: no such path, method or media type. */
  @ServerExceptionMapper
  Response refused(WebApplicationException e, UriInfo request) {
    int status = e.getResponse().getStatus();
    return response(ProblemDetail.of(status, sentence(status), path(request)));
  }

  /**
   * The body grew too large, came too slowly, or the client left. (Where the server has answered
   * already, or nobody listens, this goes nowhere: {@link BodySizeFilter}.)
   */
  @ServerExceptionMapper
  Response unreadable(IOException e, UriInfo request) {
    if (!isThrownIn(READING_BODIES, e) && !isThrownIn(WRITING, e)) {
      return broken(e, request);
    }
    LOG.debugf("The connection of %s failed: %s", path(request), e);
    return response(
        TOO_LARGE.equals(e.getMessage()) ? Status.REQUEST_ENTITY_TOO_LARGE : Status.BAD_REQUEST,
        "the body cannot be read to its end",
        request);
  }

  private static boolean isThrownIn(String type, Exception e) {
    return Stream.of(e.getStackTrace()).anyMatch(frame -> frame.getClassName().startsWith(type));
  }

  @ServerExceptionMapper
  Response broken(Exception e, UriInfo request) {
    if (isThrownIn(READING_FORMS, e)) {
      return response(Status.BAD_REQUEST, "the form cannot be read: " + e.getMessage(), request);
    }
    String reference = UUID.randomUUID().toString();
    LOG.errorf(e, "Answering %s broke: this is a bug in Onward (%s)", path(request), reference);
    return response(
        Status.INTERNAL_SERVER_ERROR,
        "Onward broke while answering; its log says more under " + reference,
        request);
  }

  private static String sentence(int status) {
    return switch (status) {
      case 404 -> "there is nothing at this path";
      case 405 -> "this path does not take this method";
      case 406 -> "this path answers in JSON only";
      case 415 -> "this path does not take this Content-Type; send application/json";
      default -> "the request cannot be answered";
    };
  }

  private static Response response(Status status, String detail, UriInfo request) {
    return response(ProblemDetail.of(status.getStatusCode(), detail, path(request)));
  }

  private static Response response(ProblemDetail problem) {
    return Response.status(problem.status()).type(ProblemDetail.MEDIA_TYPE).entity(problem).build();
  }

  static String path(RoutingContext request) {
    return request.request().path();
  }

  private static String path(UriInfo request) {
    return request.getRequestUri().getRawPath();
  }
}
