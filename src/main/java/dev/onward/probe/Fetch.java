package dev.onward.probe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gets an address within a time that covers everything, the body and a second attempt included.
 * Only the address that is given is called: redirects are not followed.
 */
final class Fetch implements AutoCloseable {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final HttpClient client =
      HttpClient.newBuilder()
          // A plain request: some servers stumble over the offer of an upgrade to HTTP/2.
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

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
    var request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .setHeader("User-Agent", "onward")
            .GET()
            .build();
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      try {
        return send(request, deadline);
      } catch (HttpTimeoutException e) {
        throw e;
      } catch (IOException e) {
        // A connection that broke says little: the next one tells.
        return send(request, deadline);
      }
    } catch (HttpTimeoutException e) {
      return new Failed("no answer within " + Texts.of(timeout));
    } catch (IOException e) {
      return new Failed(NetworkFailures.reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed("interrupted: this process is stopping");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /** The request's own time-out ends with the headers, so the whole is waited for here. */
  private Answered send(HttpRequest request, long deadline)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Body>> sent =
        client.sendAsync(request, headers -> new BoundedBody());
    try {
      var response = sent.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return new Answered(response.statusCode(), response.body());
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("deadline");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      sent.cancel(true);
    }
  }
}
