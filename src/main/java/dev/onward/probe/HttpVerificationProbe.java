package dev.onward.probe;

import dev.onward.policy.Verification;
import dev.onward.policy.Verification.Http;
import dev.onward.policy.Verification.Prometheus;
import dev.onward.store.VerificationProbe;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Probes over HTTP, with one client for the whole process. The client is created for the first
 * probe: most processes verify nothing and should not pay for it at start-up.
 */
@Singleton
public class HttpVerificationProbe implements VerificationProbe {
  private final Vertx vertx;
  private @Nullable BoundedHttpClient fetch;

  HttpVerificationProbe(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Result look(Verification verification) {
    return switch (verification.probe()) {
      case Http http -> look(http.url(), verification, answer -> HttpCheck.of(http, answer));
      case Prometheus prometheus ->
          look(
              PrometheusCheck.address(prometheus),
              verification,
              answer -> PrometheusCheck.of(prometheus, answer));
    };
  }

  private Result look(
      URI address, Verification verification, Function<BoundedHttpClient.Answered, Result> judge) {
    return switch (fetch().get(address, verification.timeout())) {
      case BoundedHttpClient.Answered answer -> judge.apply(answer);
      case BoundedHttpClient.Failed(String reason) -> new Result(false, reason);
    };
  }

  private synchronized BoundedHttpClient fetch() {
    if (fetch == null) {
      fetch = new BoundedHttpClient(vertx);
    }
    return fetch;
  }

  /** Fails the probes in flight: their results are no longer needed. */
  @PreDestroy
  synchronized void close() {
    if (fetch != null) {
      fetch.close();
    }
  }
}
