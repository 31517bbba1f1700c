package dev.onward.probe;

import dev.onward.policy.Verification;
import dev.onward.policy.Verification.Http;
import dev.onward.policy.Verification.Prometheus;
import dev.onward.reconcile.Probes;
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
public class HttpProbes implements Probes {
  private final Vertx vertx;
  private @Nullable Fetch fetch;

  HttpProbes(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Result look(Verification verification) {
    return switch (verification.probe()) {
      case Http http -> look(http.url(), verification, answer -> HttpJudgement.of(http, answer));
      case Prometheus prometheus ->
          look(
              PrometheusJudgement.address(prometheus),
              verification,
              answer -> PrometheusJudgement.of(prometheus, answer));
    };
  }

  private Result look(
      URI address, Verification verification, Function<Fetch.Answered, Result> judge) {
    return switch (fetch().get(address, verification.timeout())) {
      case Fetch.Answered answer -> judge.apply(answer);
      case Fetch.Failed(String reason) -> new Result(false, reason);
    };
  }

  private synchronized Fetch fetch() {
    if (fetch == null) {
      fetch = new Fetch(vertx);
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
