package dev.onward.web.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Tells whoever asks again whether anything has changed: every JSON answer to a GET, and every one
 * that is the same for all, carries a strong tag made of its very bytes, and is not sent to whoever
 * has it.
 */
class ETagFilter {
  /** A tag of 128 bits: no two answers of one path are ever alike by chance. */
  private static final int TAG_BYTES = 16;

  private static final String SHARED_BY_NOBODY = "private, no-cache";

  private final ObjectMapper json;

  ETagFilter(ObjectMapper json) {
    this.json = json;
  }

  @ServerResponseFilter
  void tag(ContainerRequestContext request, ContainerResponseContext response)
      throws JsonProcessingException {
    if (response.getEntity() instanceof CachedResponse shared) {
      if (!isKnown(shared.tag(), request, response)) {
        send(shared, request, response);
      }
    } else if (isTagged(request, response)) {
      byte[] body = json.writeValueAsBytes(response.getEntity());
      if (!isKnown(tagOf(body), request, response)) {
        response.setEntity(body);
      }
    }
  }

  private static void send(
      CachedResponse shared, ContainerRequestContext request, ContainerResponseContext response) {
    if (CachedResponse.isTakenCompressed(
        Optional.ofNullable(request.getHeaderString(HttpHeaders.ACCEPT_ENCODING)))) {
      response.getHeaders().putSingle(HttpHeaders.CONTENT_ENCODING, CachedResponse.GZIP);
      response.setEntity(shared.compressed());
    } else {
      response.setEntity(shared.plain());
    }
  }

  /** Says the tag; whoever has it already is told that. */
  private static boolean isKnown(
      String tag, ContainerRequestContext request, ContainerResponseContext response) {
    response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
    response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, SHARED_BY_NOBODY);
    boolean known =
        isKnown(tag, Optional.ofNullable(request.getHeaderString(HttpHeaders.IF_NONE_MATCH)));
    if (known) {
      response.setStatusInfo(Status.NOT_MODIFIED);
      response.setEntity(null);
    }
    return known;
  }

  private static boolean isTagged(
      ContainerRequestContext request, ContainerResponseContext response) {
    String method = request.getMethod();
    return (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
        && response.getStatus() == Status.OK.getStatusCode()
        && response.hasEntity()
        && MediaType.APPLICATION_JSON_TYPE.isCompatible(response.getMediaType());
  }

  static String tagOf(byte[] body) {
    byte[] digest = Arrays.copyOf(sha256().digest(body), TAG_BYTES);
    return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
  }

  /** A proxy may have made the tag weak; for a GET that is the same. */
  static boolean isKnown(String tag, Optional<String> ifNoneMatch) {
    return ifNoneMatch.stream()
        .flatMap(text -> Stream.of(text.split(",")))
        .map(String::strip)
        .map(known -> known.startsWith("W/") ? known.substring(2) : known)
        .anyMatch(known -> known.equals(tag) || known.equals("*"));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
