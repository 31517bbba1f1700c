package dev.onward.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.onward.policy.Verification;
import dev.onward.policy.Verification.Comparison;
import dev.onward.policy.Verification.Http;
import dev.onward.policy.Verification.JsonValue;
import dev.onward.policy.Verification.Probe;
import dev.onward.policy.Verification.Prometheus;
import dev.onward.policy.Verification.Threshold;
import dev.onward.store.VerificationProbe.Result;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpVerificationProbeTest {
  private static final Vertx VERTX = Vertx.vertx();

  private final HttpVerificationProbe probes = new HttpVerificationProbe(VERTX);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<String> requested = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterAll
  static void end() {
    VERTX.close();
  }

  @AfterEach
  void stop() {
    end.countDown();
    probes.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void theExpectedStatusPasses() {
    answer(200, "fine");
    assertThat(look(http(200))).isEqualTo(new Result(true, "status 200"));
    assertThat(requested).containsExactly("GET /health");
  }

  @Test
  void anotherStatusFails() {
    answer(503, "{}");
    assertThat(look(http(200))).isEqualTo(failing("status 503, expected 200"));
  }

  @Test
  void aRedirectIsNotFollowed() {
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("Location", address("/elsewhere").toString());
          exchange.sendResponseHeaders(302, -1);
        });
    assertThat(look(http(200)))
        .isEqualTo(failing("status 302 (a redirect, which is not followed), expected 200"));
    assertThat(requested).hasSize(1);
  }

  @Test
  void aRedirectThatIsExpectedPasses() {
    serve(exchange -> exchange.sendResponseHeaders(302, -1));
    assertThat(look(http(302)).passing()).isTrue();
  }

  @Test
  void aBodyAtTheLimitIsReadAndALongerOneIsNot() {
    answer(200, "x".repeat(BoundedBody.LIMIT));
    assertThat(look(http(200)).passing()).isTrue();
    server.removeContext("/");
    answer(200, "x".repeat(10 * BoundedBody.LIMIT));
    assertThat(look(http(200)))
        .isEqualTo(failing("status 200, but the response is longer than 64 KiB"));
  }

  @ParameterizedTest
  @CsvSource({
    "/status, ok",
    "/count, 3",
    "/ratio, 1.50",
    "/large, 1e3",
    "/ready, true",
    "/nothing, null",
    "/checks/1/name, queue",
    "/a~1b, slash",
  })
  void aJsonValueIsComparedAsItIsWritten(String pointer, String text) {
    answerWithJson();
    assertThat(look(json(pointer, text)))
        .isEqualTo(new Result(true, "status 200, %s is '%s'".formatted(pointer, text)));
  }

  @ParameterizedTest
  @CsvSource({
    "/status, up, '/status is ''ok'', expected ''up'''",
    "/ratio, 1.5, '/ratio is ''1.50'', expected ''1.5'''",
    "/checks, up, '/checks is an object or an array, expected ''up'''",
    "/missing, up, 'the response has no /missing, expected ''up'''",
    "status, up, '''status'' is not a JSON pointer, expected ''up'''",
  })
  void anotherJsonValueFails(String pointer, String expected, String result) {
    answerWithJson();
    assertThat(look(json(pointer, expected))).isEqualTo(failing(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html>",
        "{\"status\": \"ok\"",
        "{\"status\": \"ok\"} trailing",
        "{\"status\": \"bad\", \"status\": \"ok\"}",
      })
  void whatIsNotQuiteJsonFails(String body) {
    answer(200, body);
    assertThat(look(json("/status", "ok")))
        .isEqualTo(failing("the response is not JSON, expected 'ok'"));
  }

  @Test
  void aValueFromOutsideIsCutAndKeptToOneLine() {
    answer(200, "{\"status\": \"a\\nb%s\"}".formatted("x".repeat(1_000)));
    assertThat(look(json("/status", "ok")).result()).hasSizeLessThan(300).contains("'a bxx");
  }

  @Test
  void anAnswerThatDoesNotComeInTimeFails() {
    serve(exchange -> await());
    int looks = 0;
    // A slow machine may give a look up before its request was read: then the next one tells.
    while (requested.isEmpty()) {
      looks++;
      assertThat(look(http(200), Duration.ofMillis(200)))
          .isEqualTo(failing("no response within 200 ms"));
    }
    assertThat(requested).hasSizeLessThanOrEqualTo(looks);
  }

  @Test
  void aBodyThatDoesNotEndInTimeFails() {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          await();
        });
    assertThat(look(http(200), Duration.ofMillis(200)))
        .isEqualTo(failing("no response within 200 ms"));
  }

  @Test
  void aServerThatIsNotThereFails() {
    URI gone = address("/health");
    server.stop(0);
    assertThat(look(new Http(gone, 200, Optional.empty())))
        .isEqualTo(failing("connection refused"));
  }

  @Test
  void aHostThatDoesNotExistFails() {
    assertThat(look(new Http(URI.create("http://onward.invalid/"), 200, Optional.empty())))
        .isEqualTo(failing("unknown host"));
  }

  @Test
  void aConnectionThatBreaksIsTriedAgainAtOnce() throws Exception {
    try (var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var _ =
          threads.submit(
              () -> {
                socket.accept().close();
                try (Socket second = socket.accept()) {
                  second.getInputStream().read(new byte[1_000]);
                  second
                      .getOutputStream()
                      .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8));
                }
                return 0;
              });
      var address = URI.create("http://localhost:%d/".formatted(socket.getLocalPort()));
      assertThat(look(new Http(address, 200, Optional.empty())).result()).isEqualTo("status 200");
    }
  }

  @Test
  void aConnectionThatKeepsBreakingFails() throws Exception {
    try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var _ =
          threads.submit(
              () -> {
                while (!socket.isClosed()) {
                  socket.accept().close();
                }
                return 0;
              });
      var address = URI.create("http://localhost:%d/".formatted(socket.getLocalPort()));
      assertThat(look(new Http(address, 200, Optional.empty())).result())
          .startsWith("connection lost");
    }
  }

  /** Each of them once left two sockets in CLOSE_WAIT. */
  @Test
  void whateverIsAnsweredNoSocketIsLeftOpen() throws Exception {
    int rounds = Integer.getInteger("onward.soak.bad-answers", 200);
    List<String> answers =
        List.of(
            "SSH-2.0-OpenSSH_9.2\r\n",
            "HTTP/1.1 abc OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nx",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: " + "x".repeat(500_000) + "\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(20),
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
            "\0\0\0");
    try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var served = new AtomicInteger();
      var _ =
          threads.submit(
              () -> {
                while (!socket.isClosed()) {
                  try (Socket accepted = socket.accept()) {
                    accepted.getInputStream().read(new byte[1_000]);
                    String bad = answers.get(served.getAndIncrement() / 2 % answers.size());
                    accepted.getOutputStream().write(bad.getBytes(UTF_8));
                  } catch (IOException e) {
                    // Whoever looks has seen enough.
                  }
                }
                return 0;
              });
      var address = URI.create("http://127.0.0.1:%d/".formatted(socket.getLocalPort()));
      Http probe = new Http(address, 200, Optional.empty());
      for (int i = 0; i < answers.size(); i++) {
        assertThat(look(probe, Duration.ofSeconds(2)).passing()).as(answers.get(i)).isFalse();
      }
      long before = openFiles();
      for (int i = 0; i < rounds; i++) {
        look(probe, Duration.ofSeconds(2));
      }
      Awaitility.await().until(HttpVerificationProbeTest::openFiles, open -> open <= before + 10);
    }
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"169.254.169.254", "[fe80::1]", "[fd00:ec2::254]", "[64:ff9b::169.254.169.254]"})
  void whereCredentialsAreHandedOutIsNotCalled(String host) {
    assertThat(look(new Http(URI.create("http://" + host + "/"), 200, Optional.empty())).result())
        .startsWith("it resolves to ")
        .endsWith("not called");
  }

  @Test
  void onlyHttpAddressesAreCalled() {
    assertThat(look(new Http(URI.create("file:///etc/passwd"), 200, Optional.empty())))
        .isEqualTo(failing("not an http or https address"));
  }

  @Test
  void credentialsInAnAddressAreNeitherSentNorShown() {
    answer(200, "fine");
    URI address = URI.create(address("/health").toString().replace("://", "://user:secret@"));

    assertThat(look(new Http(address, 200, Optional.empty())))
        .isEqualTo(failing("addresses with credentials are not called"));
    assertThat(requested).isEmpty();
  }

  @Test
  void aQueryIsSentEncodedBelowTheServersPath() {
    answer(200, vector("0.002"));
    var probe = new Prometheus(address("/prom/"), "sum(rate(x{a=\"b\"}[5m])) > 1 & +", below(1));

    assertThat(look(probe)).isEqualTo(new Result(true, "0.002, below 1"));
    assertThat(requested)
        .containsExactly(
            "GET /prom/api/v1/query"
                + "?query=sum%28rate%28x%7Ba%3D%22b%22%7D%5B5m%5D%29%29+%3E+1+%26+%2B");
  }

  @Test
  void everySampleMustKeepToTheBound() {
    answer(200, vector("0.002", "0.02"));
    assertThat(look(prometheus(0.01)))
        .isEqualTo(failing("0.02, must be below 0.01 (1 of 2 samples)"));
    assertThat(look(prometheus(0.05))).isEqualTo(new Result(true, "2 samples, all below 0.05"));
  }

  @Test
  void aScalarIsOneSample() {
    answer(200, result("scalar", "[1700000000.1, \"0.02\"]"));
    assertThat(look(prometheus(0.01))).isEqualTo(failing("0.02, must be below 0.01"));
    assertThat(look(prometheus(0.1)).passing()).isTrue();
  }

  @Test
  void noSampleIsNoGoodNews() {
    answer(200, vector());
    assertThat(look(prometheus(0.01))).isEqualTo(failing("no data"));
  }

  @ParameterizedTest
  @CsvSource({"NaN", "+Inf", "'\u00a0'"})
  void whatIsNoNumberBelowTheBoundFails(String value) {
    answer(200, vector(value));
    assertThat(look(prometheus(0.01)).passing()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"BELOW", "AT_MOST", "ABOVE", "AT_LEAST"})
  void notANumberPassesNoThreshold(Comparison comparison) {
    answer(200, vector("NaN"));
    var probe = new Prometheus(address("/"), "x", new Threshold(comparison, 0));
    assertThat(look(probe).result())
        .isEqualTo(
            "NaN, must be %s 0"
                .formatted(comparison.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
  }

  @Test
  void infinityIsAboveEveryBound() {
    answer(200, vector("+Inf"));
    var probe = new Prometheus(address("/"), "x", new Threshold(Comparison.ABOVE, 1));
    assertThat(look(probe).passing()).isTrue();
  }

  @Test
  void aSampleWithoutAValueFails() {
    answer(200, result("vector", "[{\"metric\": {}, \"histogram\": [1, {}]}]"));
    assertThat(look(prometheus(0.01))).isEqualTo(failing("no value, must be below 0.01"));
  }

  @Test
  void prometheusOwnWordsAreShownAndCut() {
    answer(400, "{\"status\":\"error\",\"error\":\"parse error: %s\"}".formatted("x".repeat(500)));
    assertThat(look(prometheus(0.01)).result())
        .startsWith("Prometheus error: parse error: xxx")
        .endsWith("x…")
        .hasSize("Prometheus error: ".length() + 201);
  }

  @Test
  void anAnswerThatIsNotPrometheussFails() {
    answer(200, "{}");
    assertThat(look(prometheus(1)))
        .isEqualTo(failing("the response is not in Prometheus's format"));
    server.removeContext("/");
    answer(200, "<html>");
    assertThat(look(prometheus(1))).isEqualTo(failing("the response is not JSON"));
    server.removeContext("/");
    answer(503, "down");
    assertThat(look(prometheus(1))).isEqualTo(failing("status 503, expected 200"));
    server.removeContext("/");
    answer(200, result("matrix", "[]"));
    assertThat(look(prometheus(1)))
        .isEqualTo(failing("the query returns a matrix, not a vector or a scalar"));
  }

  private Result look(Probe probe) {
    return look(probe, Duration.ofSeconds(20));
  }

  private Result look(Probe probe, Duration timeout) {
    return probes.look(
        new Verification("smoke", probe, Duration.ZERO, Duration.ofSeconds(30), timeout));
  }

  private Http http(int status) {
    return new Http(address("/health"), status, Optional.empty());
  }

  private Http json(String pointer, String expected) {
    return new Http(address("/health"), 200, Optional.of(new JsonValue(pointer, expected)));
  }

  private Prometheus prometheus(double bound) {
    return new Prometheus(address(""), "errors", below(bound));
  }

  private static Threshold below(double bound) {
    return new Threshold(Comparison.BELOW, bound);
  }

  private static Result failing(String result) {
    return new Result(false, result);
  }

  private URI address(String path) {
    return URI.create("http://localhost:%d%s".formatted(server.getAddress().getPort(), path));
  }

  private void answerWithJson() {
    answer(
        200,
        """
        {"status": "ok", "count": 3, "ratio": 1.50, "large": 1e3, "ready": true, "nothing": null,
         "checks": [{"name": "db"}, {"name": "queue"}], "a/b": "slash"}
        """);
  }

  private static String vector(String... values) {
    var samples = new StringBuilder();
    for (String value : values) {
      samples
          .append(samples.isEmpty() ? "" : ",")
          .append("{\"metric\":{},\"value\":[1700000000.1,\"%s\"]}".formatted(value));
    }
    return result("vector", "[" + samples + "]");
  }

  private static String result(String type, String result) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"%s\",\"result\":%s}}"
        .formatted(type, result);
  }

  private void answer(int status, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    serve(
        exchange -> {
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  private void serve(HttpHandler handler) {
    server.createContext(
        "/",
        (HttpExchange exchange) -> {
          requested.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
