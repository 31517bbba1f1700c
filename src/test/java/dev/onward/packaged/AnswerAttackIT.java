package dev.onward.packaged;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of others, however malformed, use up nothing and stop no other project. */
class AnswerAttackIT {
  private static final int CHECKS = 20;

  /** Of open files: the pool of connections to AWS may grow meanwhile. */
  private static final int SLACK = 15;

  /** A page that leads back to itself. */
  private static final String ENDLESS =
      """
      {"Parameters": [{"Name": "/endless/images/latest/bags", "Type": "String", "Version": 1,
        "Value": "example.com/bags:1", "DataType": "text", "LastModifiedDate": 1760000000,
        "ARN": "arn:aws:ssm:eu-west-1:000000000000:parameter/endless/images/latest/bags"}],
       "NextToken": "again"}
      """;

  @TempDir static Path directory;

  private static LocalAws aws;
  private static AwsFront front;
  private static BadServer checked;
  private static Operator operator;
  private static OnwardProcess onward;

  @BeforeAll
  static void start() throws Exception {
    aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
    front = new AwsFront(aws.endpoint());
    checked = new BadServer();
    operator = new Operator(directory, aws);
    operator.publish("storage", "bags", "1");
    operator.publish("checked", "bags", "1");
    operator.writeManifest("storage");
    operator.writeManifest("endless");
    operator.writeManifest("checked.yaml", manifestWithChecks());
    onward = OnwardProcess.start(directory, operator.environment(front.endpoint()));
    eventually().until(() -> operator.stage("checked", "bags").isPresent());
  }

  @AfterAll
  static void stop() throws IOException {
    onward.close();
    operator.close();
    checked.close();
    front.close();
    aws.close();
  }

  @Test
  void checksThatAreAnsweredWithWhatIsNoHttpLeaveNoSocketOpen() {
    eventually().until(() -> checked.answered() >= CHECKS);
    long before = openFiles();
    int answered = checked.answered();
    eventually().until(() -> checked.answered() >= answered + 2 * CHECKS);

    assertThat(openFiles()).isLessThan(before + SLACK);
    assertThat(onward.status("/q/health/live")).isEqualTo(200);
  }

  @Test
  void aListingWithoutAnEndFailsItsProjectAndDelaysNoOther() {
    eventually().until(() -> onward.metric("onward_project_failing{project=\"endless\"") == 1);
    assertThat(onward.body("/api/v1/projects/endless")).contains("page");
    operator.publish("storage", "bags", "2");
    eventually()
        .until(
            () ->
                operator.stage("storage", "bags").equals(Optional.of(Operator.image("bags", "2"))));
    assertThat(onward.post("/api/v1/projects/endless/stop", "{\"reason\": \"it is endless\"}"))
        .doesNotContain("\"status\":503");
  }

  private static long openFiles() {
    try (var files = Files.list(Path.of("/proc/%s/fd".formatted(onward.pid())))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String manifestWithChecks() {
    String checks =
        IntStream.range(0, CHECKS)
            .mapToObj(
                i ->
                    "            - {name: c%s, every: 5s, timeout: 1s, for: 1m, http: {url: \"%s\"}}"
                        .formatted(i, checked.address()))
            .collect(Collectors.joining("\n"));
    return """
    checked:
      name: Checked
      release: {quiet_period: 0s}
      environments:
        - id: stage
          name: Staging
          promotion: {from: latest, mode: auto}
        - id: prod
          name: Production
          promotion:
            from: stage
            mode: auto
            gates:
              verifications:
    %s
    """
        .formatted(checks.indent(4).stripTrailing());
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(50));
  }

  /** Answers with no HTTP at all, and leaves it to the client to end the connection. */
  private static final class BadServer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new ArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();

    BadServer() throws IOException {
      Thread.ofVirtual().start(this::serve);
    }

    String address() {
      return "http://127.0.0.1:%s/health".formatted(server.getLocalPort());
    }

    int answered() {
      return answered.get();
    }

    private void serve() {
      try {
        while (true) {
          Socket socket = server.accept();
          open.add(socket);
          socket.getOutputStream().write("NOT HTTP AT ALL\r\n\r\n".getBytes(ISO_8859_1));
          answered.incrementAndGet();
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  /** Passes requests on to the local AWS, but answers listings of one project itself. */
  private static final class AwsFront implements AutoCloseable {
    private static final List<String> PASSED_ON = List.of("X-amz-target", "Authorization");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI aws;
    private final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    AwsFront(URI aws) throws IOException {
      this.aws = aws;
      server.createContext("/", this::handle);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
    }

    URI endpoint() {
      return URI.create("http://127.0.0.1:%s".formatted(server.getAddress().getPort()));
    }

    private void handle(HttpExchange exchange) throws IOException {
      try (exchange) {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean endless = new String(body, UTF_8).contains("/endless/images");
        respond(exchange, endless ? 200 : 0, endless ? ENDLESS.getBytes(UTF_8) : body);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void respond(HttpExchange exchange, int status, byte[] body)
        throws IOException, InterruptedException {
      if (status != 0) {
        send(exchange, status, "application/x-amz-json-1.1", body);
        return;
      }
      var request = HttpRequest.newBuilder(aws).POST(HttpRequest.BodyPublishers.ofByteArray(body));
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      request.header("Content-Type", type);
      for (String name : PASSED_ON) {
        Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
            .ifPresent(value -> request.header(name, value));
      }
      var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      send(exchange, answer.statusCode(), type, answer.body());
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body)
        throws IOException {
      exchange.getResponseHeaders().put("Content-Type", List.of(type));
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
      server.stop(0);
      http.close();
    }
  }
}
