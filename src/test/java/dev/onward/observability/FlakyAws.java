package dev.onward.observability;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between Onward and the local AWS, and has moods of the real one: it throttles every few
 * listings of parameters, and denies all that concerns one project.
 */
final class FlakyAws implements AutoCloseable {
  private static final int THROTTLED_OF = 8;
  private static final List<String> PASSED_ON =
      List.of("X-Amz-Target", "Content-Type", "Authorization");

  private final URI real;
  private final String denied;
  private final HttpServer front;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger listings = new AtomicInteger();

  /**
   * Starts and listens.
   *
   * @param denied a project's path; requests that name it are denied
   */
  FlakyAws(URI real, String denied) throws IOException {
    this.real = real;
    this.denied = denied;
    front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    front.setExecutor(workers);
    front.createContext("/", this::answer);
    front.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      if (body.contains(denied)) {
        refuse(exchange, "AccessDeniedException", "not authorized to perform: " + target);
      } else if ("AmazonSSM.GetParametersByPath".equals(target)
          && listings.incrementAndGet() % THROTTLED_OF == 0) {
        refuse(exchange, "ThrottlingException", "Rate exceeded");
      } else {
        passOn(exchange, body);
      }
    }
  }

  private static void refuse(HttpExchange exchange, String code, String message)
      throws IOException {
    send(exchange, 400, "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(code, message));
  }

  private void passOn(HttpExchange exchange, String body) throws IOException {
    var request = HttpRequest.newBuilder(real).POST(HttpRequest.BodyPublishers.ofString(body));
    for (String header : PASSED_ON) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    try {
      var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      send(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    front.stop(0);
    workers.shutdownNow();
    http.shutdownNow();
  }
}
