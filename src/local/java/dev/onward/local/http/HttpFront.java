package dev.onward.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The one port of the local AWS: reads requests, counts and routes them, and writes the answers.
 * The JDK's own server would do, but dates every answer by the system's clock.
 */
public final class HttpFront implements AutoCloseable {

  /** As much as DynamoDB takes in one BatchWriteItem; nothing here needs more. */
  private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  /** Longer than an SDK keeps a pooled connection, so that it never finds one just closed. */
  private static final Duration IDLE = Duration.ofMinutes(10);

  /** Connections that wait to be accepted; the default of 50 is few for a load test. */
  private static final int BACKLOG = 1024;

  /** Held on to, or its level would be forgotten. Jetty's comings and goings interest nobody. */
  private static final Logger JETTY_LOG = Logger.getLogger("org.eclipse.jetty");

  private static final System.Logger LOG = System.getLogger(HttpFront.class.getName());

  private final Routes routes;
  private final CallCounts calls;
  private final InstantSource clock;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Server server;
  private final ServerConnector connector;
  private volatile Duration delay = Duration.ZERO;

  private HttpFront(Routes routes, CallCounts calls, InstantSource clock) {
    this.routes = routes;
    this.calls = calls;
    this.clock = clock;
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("local-aws");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(workers);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    server = new Server(threads);
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    server.setHandler(new Exchange());
  }

  /**
   * Listens on the loopback interface only.
   *
   * @param port 0 for any free one
   * @param clock dates the answers
   * @throws IOException when the port cannot be had
   */
  public static HttpFront listen(int port, Routes routes, CallCounts calls, InstantSource clock)
      throws IOException {
    JETTY_LOG.setLevel(Level.WARNING);
    HttpFront front = new HttpFront(routes, calls, clock);
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      // Bound here because Jetty, which would do it too, hides the cause of a failure.
      channel.bind(loopback(port), BACKLOG);
      front.connector.open(channel);
      front.server.start();
    } catch (Exception e) {
      channel.close();
      front.close();
      throw e instanceof IOException io
          ? io
          : new IOException("The local AWS's front does not start", e);
    }
    return front;
  }

  private static InetSocketAddress loopback(int port) throws IOException {
    return new InetSocketAddress(
        InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), port);
  }

  /** From now on every answer waits for so long. */
  public void delayAnswers(Duration newDelay) {
    delay = newDelay;
  }

  private void awaitDelay() {
    if (delay.isZero()) {
      return;
    }
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  private final class Exchange extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      byte[] body;
      try (InputStream in = Content.Source.asInputStream(request)) {
        body = in.readNBytes(MAX_BODY_BYTES + 1);
      }
      HttpFields.Mutable headers = response.getHeaders();
      AwsResponse answer;
      if (body.length > MAX_BODY_BYTES) {
        headers.put(HttpHeader.CONNECTION, "close");
        answer = AwsJson.error(tooLarge());
      } else {
        answer = answer(request.getHeaders(), new String(body, UTF_8));
      }
      awaitDelay();
      headers.put(HttpHeader.DATE, DateGenerator.formatDate(clock.instant()));
      headers.put("x-amzn-RequestId", UUID.randomUUID().toString());
      headers.put(HttpHeader.CONTENT_TYPE, answer.contentType());
      answer.headers().forEach(headers::put);
      response.setStatus(answer.status());
      response.write(true, ByteBuffer.wrap(answer.body().getBytes(UTF_8)), callback);
      return true;
    }
  }

  private static AwsException tooLarge() {
    return new AwsException(
        "RequestEntityTooLargeException",
        "A request may have at most %s bytes".formatted(MAX_BODY_BYTES),
        413);
  }

  private AwsResponse answer(HttpFields headers, String body) {
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

  private static String header(HttpFields headers, String name) {
    return Optional.ofNullable(headers.get(name)).orElse("");
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The local AWS's front does not stop", e);
    } finally {
      workers.shutdownNow();
      workers.close();
    }
  }
}
