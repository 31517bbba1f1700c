package dev.onward.web.cache;

import io.quarkus.vertx.http.runtime.VertxHttpBuildTimeConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Says of every answer that is compressed for those who take it so that it depends on that: a cache
 * in between must not give the compressed one to others. It is said of the one that is not
 * compressed as well, for that is what a cache may keep first.
 */
@ApplicationScoped
class VaryFilter {
  /** Before whatever answers. */
  private static final int EARLY = 950;

  private final Set<String> types;

  VaryFilter(VertxHttpBuildTimeConfig http) {
    this.types = new HashSet<>(http.compressMediaTypes().orElseThrow());
  }

  void onStart(@Observes Filters filters) {
    filters.register(
        request -> {
          request.addHeadersEndHandler(end -> vary(request));
          request.next();
        },
        EARLY);
  }

  private void vary(RoutingContext request) {
    HttpServerResponse response = request.response();
    boolean compressible =
        Optional.ofNullable(response.headers().get(HttpHeaders.CONTENT_TYPE))
            .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
            .filter(types::contains)
            .isPresent();
    if (compressible && !response.headers().contains(HttpHeaders.VARY, "Accept-Encoding", true)) {
      response.headers().add(HttpHeaders.VARY, "Accept-Encoding");
    }
  }
}
