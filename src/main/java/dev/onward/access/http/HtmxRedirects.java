package dev.onward.access.http;

import io.quarkus.oidc.JavaScriptRequestChecker;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Tells what a page asks for by itself, such as its live updates, from what a person opens: only a
 * person can be sent to sign in. The page is answered 499, and can open itself anew.
 */
@Singleton
class HtmxRedirects implements JavaScriptRequestChecker {
  @Override
  public boolean isJavaScriptRequest(RoutingContext routing) {
    return Optional.ofNullable(routing.request().getHeader("Sec-Fetch-Mode"))
        .map(mode -> !mode.equals("navigate"))
        .orElseGet(() -> routing.request().headers().contains("HX-Request"));
  }
}
