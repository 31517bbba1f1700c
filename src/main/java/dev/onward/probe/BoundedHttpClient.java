package dev.onward.probe;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a GET request within a time-out that covers name resolution, the body and a second attempt.
 * Only the given address is called: redirects are not followed. Every probe uses its own
 * connection, which is closed afterwards whatever the response.
 */
final class BoundedHttpClient implements AutoCloseable {
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final int ATTEMPTS = 2;
  private static final int LONGEST_HEADERS = 64 * 1024;
  private static final int MOST_CONNECTIONS = 1_000;

  private final HttpClient client;

  BoundedHttpClient(Vertx vertx) {
    client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setKeepAlive(false)
                    .setMaxPoolSize(MOST_CONNECTIONS)
                    .setMaxHeaderSize(LONGEST_HEADERS)
                    .setMaxInitialLineLength(LONGEST_HEADERS))
            // A failure is the probe's result; without these handlers the client would also log it.
            .withConnectHandler(
                connection -> connection.exceptionHandler(BoundedHttpClient::isToldAlready))
            .build();
  }

  /** The result of a request. */
  sealed interface Outcome {}

  record Answered(int status, Body body) implements Outcome {
    boolean isRedirect() {
      return status >= 300 && status < 400;
    }
  }

  /**
   * There was no response.
   *
   * @param reason a description without the address
   */
  record Failed(String reason) implements Outcome {}

  Outcome get(URI address, Duration timeout) {
    String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || address.getHost() == null) {
      return new Failed("not an http or https address");
    }
    if (address.getRawUserInfo() != null) {
      return new Failed("addresses with credentials are not called");
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      List<InetAddress> resolved = within(deadline, HostResolver.of(address.getHost()));
      for (int attempt = 1; ; attempt++) {
        try {
          return send(address, resolved.get((attempt - 1) % resolved.size()), deadline);
        } catch (ExecutionException e) {
          // A broken connection says little: the next attempt, perhaps to the next address, shows
          // more.
          if (attempt == ATTEMPTS) {
            throw e;
          }
        }
      }
    } catch (TimeoutException e) {
      return new Failed("no response within " + Texts.of(timeout));
    } catch (ExecutionException e) {
      return new Failed(NetworkFailures.reason(Optional.ofNullable(e.getCause()).orElse(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed("interrupted: the process is shutting down");
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private Answered send(URI address, InetAddress to, long deadline)
      throws ExecutionException, InterruptedException, TimeoutException {
    var request = new CompletableFuture<HttpClientRequest>();
    var answered = new CompletableFuture<Answered>();
    client
        .request(options(address, to, deadline))
        .onSuccess(made -> made.exceptionHandler(BoundedHttpClient::isToldAlready))
        .onSuccess(request::complete)
        .compose(HttpClientRequest::send)
        .compose(
            answer -> BoundedBody.of(answer).map(body -> new Answered(answer.statusCode(), body)))
        .onSuccess(answered::complete)
        .onFailure(answered::completeExceptionally);
    try {
      return within(deadline, answered);
    } finally {
      // Also closes a connection that is established after the time-out.
      var _ = request.thenAccept(it -> it.connection().close());
    }
  }

  /** Connects to the resolved address; the host name is used in the request and for TLS. */
  private static RequestOptions options(URI address, InetAddress to, long deadline) {
    boolean tls = address.getScheme().equalsIgnoreCase("https");
    int port = address.getPort() >= 0 ? address.getPort() : tls ? 443 : 80;
    String path = Optional.of(address.getRawPath()).filter(it -> !it.isEmpty()).orElse("/");
    String query = Optional.ofNullable(address.getRawQuery()).map(it -> "?" + it).orElse("");
    return new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setServer(SocketAddress.inetSocketAddress(port, to.getHostAddress()))
        .setHost(address.getHost())
        .setPort(port)
        .setSsl(tls)
        .setURI(path + query)
        .setConnectTimeout(pastTheDeadline(deadline))
        .putHeader("User-Agent", "onward");
  }

  /** Only a safety net after the deadline: the deadline itself explains why a probe failed. */
  private static long pastTheDeadline(long deadline) {
    return 1 + Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
  }

  private static void isToldAlready(Throwable failure) {}

  private static <T> T within(long deadline, CompletableFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }
}
