package dev.onward.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** The address of a release that was made: of a response, and of that response given again. */
public final class ReleaseLocation {
  private ReleaseLocation() {}

  public static URI of(String release) {
    return URI.create("/api/v1/releases/" + release);
  }

  /** The address of the release in the body of a response. */
  static URI in(JsonNode body) {
    return of(body.path("release").path("id").asText());
  }
}
