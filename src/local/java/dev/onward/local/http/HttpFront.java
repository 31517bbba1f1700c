package dev.onward.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one port of the local AWS: reads requests, counts and routes them, and writes the answers.
 */
public final class HttpFront implements AutoCloseable {

  /** As much as DynamoDB takes in one BatchWriteItem; nothing here needs more. */
  private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  static {
    // The JDK reads these once, when its server is first used. Without the first, every answer
    // waits some 40 ms for a delayed acknowledgement; the others keep an SDK's idle pooled
    // connections open for longer than the SDK itself keeps them.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.idleInterval", "300");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
  }

  /** Connections that wait to be accepted; the JDK's default of 50 is few for a load test. */
  private static final int BACKLOG = 1024;

  private static final System.Logger LOG = System.getLogger(HttpFront.class.getName());

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Routes routes;
  private final CallCounts calls;

  private HttpFront(HttpServer server, Routes routes, CallCounts calls) {
    this.server = server;
    this.routes = routes;
    this.calls = calls;
  }

  /**
   * Listens on the loopback interface only.
   *
   * @param port 0 for any free one
   * @throws IOException when the port cannot be had
   */
  public static HttpFront listen(int port, Routes routes, CallCounts calls) throws IOException {
    HttpServer server = HttpServer.create(loopback(port), BACKLOG);
    HttpFront front = new HttpFront(server, routes, calls);
    server.setExecutor(front.workers);
    server.createContext("/", front::exchange);
    server.start();
    return front;
  }

  private static InetSocketAddress loopback(int port) throws IOException {
    return new InetSocketAddress(
        InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), port);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
      Headers headers = exchange.getResponseHeaders();
      AwsResponse answer;
      if (body.length > MAX_BODY_BYTES) {
        headers.set("Connection", "close");
        answer = AwsJson.error(tooLarge());
      } else {
        answer = answer(exchange.getRequestHeaders(), new String(body, UTF_8));
      }
      headers.set("x-amzn-RequestId", UUID.randomUUID().toString());
      headers.set("Content-Type", answer.contentType());
      answer.headers().forEach(headers::set);
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static AwsException tooLarge() {
    return new AwsException(
        "RequestEntityTooLargeException",
        "A request may have at most %d bytes".formatted(MAX_BODY_BYTES),
        413);
  }

  private AwsResponse answer(Headers headers, String body) {
    Optional<Routes.Route> route =
        routes.find(
            header(headers, "X-Amz-Target"),
            header(headers, "Content-Type"),
            Credential.fromAuthorization(header(headers, "Authorization")),
            body);
    if (route.isEmpty()) {
      calls.add("unknown");
      return AwsJson.error(UnknownOperation.of(header(headers, "X-Amz-Target")));
    }
    Routes.Service service = route.get().service();
    AwsRequest request = route.get().request();
    calls.add(service.name() + "." + request.operation());
    try {
      return service.service().handle(request);
    } catch (AwsException e) {
      return AwsJson.error(e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The local AWS failed in " + request.target(), e);
      return AwsJson.error(new AwsException("InternalServerError", e.toString(), 500));
    }
  }

  private static String header(Headers headers, String name) {
    return Optional.ofNullable(headers.getFirst(name)).orElse("");
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
    workers.close();
  }
}
