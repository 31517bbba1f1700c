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
 * Looks by HTTP, with one client for the whole process. It is made for the first look: most
 * processes verify nothing, and need not wait for it when they start.
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

  /** Looks under way fail: nobody waits for them any more. */
  @PreDestroy
  synchronized void close() {
    if (fetch != null) {
      fetch.close();
    }
  }
}
