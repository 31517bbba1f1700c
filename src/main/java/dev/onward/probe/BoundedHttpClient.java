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
 * Gets an address within a time that covers everything, resolving its name, the body and a second
 * attempt included. Only the address that is given is called: redirects are not followed. Every
 * look has a connection of its own, which ends with the look, whatever was answered.
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
            // What goes wrong is the look's result; without these the client would log it, too.
            .withConnectHandler(
                connection -> connection.exceptionHandler(BoundedHttpClient::isToldAlready))
            .build();
  }

  /** What came of it. */
  sealed interface Outcome {}

  record Answered(int status, Body body) implements Outcome {
    boolean isRedirect() {
      return status >= 300 && status < 400;
    }
  }

  /**
   * There was no answer.
   *
   * @param reason in words, without the address
   */
  record Failed(String reason) implements Outcome {}

  Outcome get(URI address, Duration timeout) {
    String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || address.getHost() == null) {
      return new Failed("not an http or https address");
    }
    if (address.getRawUserInfo() != null) {
      return new Failed("an address with credentials in it is not called");
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      List<InetAddress> resolved = within(deadline, HostResolver.of(address.getHost()));
      for (int attempt = 1; ; attempt++) {
        try {
          return send(address, resolved.get((attempt - 1) % resolved.size()), deadline);
        } catch (ExecutionException e) {
          // A connection that broke says little: the next one, perhaps to the next address, tells.
          if (attempt == ATTEMPTS) {
            throw e;
          }
        }
      }
    } catch (TimeoutException e) {
      return new Failed("no answer within " + Texts.of(timeout));
    } catch (ExecutionException e) {
      return new Failed(NetworkFailures.reason(Optional.ofNullable(e.getCause()).orElse(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed("interrupted: this process is stopping");
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
      // Also of one that is made only after nobody waits for it any more.
      var _ = request.thenAccept(it -> it.connection().close());
    }
  }

  /** Connected to what was looked at; the name goes into the request, and into TLS. */
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

  /** It only ends what nobody waits for any more: the deadline itself says why a look failed. */
  private static long pastTheDeadline(long deadline) {
    return 1 + Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
  }

  private static void isToldAlready(Throwable failure) {}

  private static <T> T within(long deadline, CompletableFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }
}
