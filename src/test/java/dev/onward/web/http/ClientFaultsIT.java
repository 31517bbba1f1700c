package dev.onward.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.LocalAwsResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client does wrong is the client's fault: it gets a 4xx, and the log has no error. */
@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
@TestProfile(WritesAllowed.class)
class ClientFaultsIT {
  private static final String STOP = "POST /api/v1/projects/storage/stop HTTP/1.1\r\n";
  private static final String REPLAY = "POST /api/v1/projects/storage/replay HTTP/1.1\r\n";
  private static final String FORM =
      "POST /projects/storage/act/stop HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\n";
  private static final String JSON = "Content-Type: application/json\r\nOnward-Caller: alice\r\n";
  private static final String YAML = "Content-Type: application/yaml\r\n";
  private static final String ENCODED = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
  private static final String LARGE =
      chunk("x".repeat(40_000)) + chunk("x".repeat(40_000)) + "0\r\n\r\n";

  private final Handler log = new Errors();
  private final List<LogRecord> errors = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listenToTheLog() {
    Logger.getLogger("").addHandler(log);
  }

  @AfterEach
  void leaveTheLog() {
    Logger.getLogger("").removeHandler(log);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("a body in chunks that is too large", STOP + JSON + CHUNKED + LARGE, 413),
        Arguments.of(
            "a manifest in chunks that is too large", REPLAY + YAML + CHUNKED + LARGE, 413),
        Arguments.of("a form in chunks that is too large", FORM + ENCODED + CHUNKED + LARGE, 413),
        Arguments.of(
            "a body that is too large", STOP + JSON + "Content-Length: 70000\r\n\r\n", 413),
        Arguments.of(
            "a length that is no number", STOP + JSON + "Content-Length: abc\r\n\r\n", 400),
        Arguments.of("a negative length", STOP + JSON + "Content-Length: -1\r\n\r\n", 400),
        Arguments.of(
            "two lengths", STOP + JSON + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
        Arguments.of("a chunk without a size", STOP + JSON + CHUNKED + "zz\r\n", 0),
        Arguments.of(
            "a charset of nobody",
            STOP + "Content-Type: application/json;charset=x-y\r\nContent-Length: 2\r\n\r\n{}",
            400),
        Arguments.of(
            "a media type that is none",
            STOP + "Content-Type: ;;;\r\nContent-Length: 2\r\n\r\n{}",
            415),
        Arguments.of(
            "a form with bad escapes",
            FORM + ENCODED + "Content-Length: 10\r\n\r\nreason=%zz",
            400),
        Arguments.of(
            "a form in parts without a boundary",
            FORM + "Content-Type: multipart/form-data\r\nContent-Length: 2\r\n\r\nab",
            415),
        Arguments.of("a form of too many fields", FORM + ENCODED + body("a=1&".repeat(2_000)), 400),
        Arguments.of(
            "a field that is too long", FORM + ENCODED + body("reason=" + "x".repeat(20_000)), 400),
        Arguments.of("a path with bad escapes", "GET /api/v1/projects/%zz HTTP/1.1\r\n\r\n", 400),
        Arguments.of("a path of other bytes", "GET /api/v1/projects/%ff%00 HTTP/1.1\r\n\r\n", 400),
        Arguments.of(
            "a query with bad escapes", "GET /api/v1/projects?a=%zz HTTP/1.1\r\n\r\n", 400),
        Arguments.of(
            "an Accept that is none", "GET /api/v1/projects HTTP/1.1\r\nAccept: ///\r\n\r\n", 406),
        Arguments.of("a method of nobody", "FOO /api/v1/projects HTTP/1.1\r\n\r\n", 405),
        Arguments.of(
            "a header that is too long",
            "GET / HTTP/1.1\r\nA: " + "x".repeat(30_000) + "\r\n\r\n",
            431),
        Arguments.of(
            "a URL that is too long", "GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n", 414),
        Arguments.of(
            "an expectation of nobody",
            STOP + JSON + "Expect: cake\r\nContent-Length: 2\r\n\r\n{}",
            400));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void whatAClientDoesWrongIsItsFaultAndNotLoggedAsOurs(String fault, String request, int status)
      throws Exception {
    try (var socket = connect()) {
      send(socket, request);

      assertThat(statusOf(socket)).isEqualTo(status);
    }
    assertTheLogHasNoError();
  }

  @ParameterizedTest
  @MethodSource("departures")
  void whoLeavesInTheMiddleLeavesNoErrorInTheLog(String request) throws Exception {
    try (var socket = connect()) {
      send(socket, request);
      socket.setSoLinger(true, 0);
    }
    assertTheLogHasNoError();
  }

  static Stream<String> departures() {
    return Stream.of(
        STOP + JSON + "Content-Length: 100\r\n\r\n{",
        STOP + JSON + CHUNKED + chunk("{"),
        REPLAY + YAML + "Content-Length: 100\r\n\r\n{",
        FORM + ENCODED + "Content-Length: 100\r\n\r\nreason",
        "GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        "GET /api/v1/events HTTP/1.1\r\n\r\n",
        "GET /projects/storage/history HTTP/1.1\r\n\r\n",
        "GET /");
  }

  /** More than the listener keeps open: the longest idle ones are closed for the newer. */
  @Test
  void connectionsThatClientsKeepOpenUnusedShutOutNobody() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 600; i++) {
        Socket socket = connect();
        idle.add(socket);
        send(socket, "GET /api/v1/nothing HTTP/1.1\r\n\r\n");
        assertThat(statusOf(socket)).as("connection %s", i).isEqualTo(404);
      }
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  /** Once a good request is answered, what came before it is done with. */
  private void assertTheLogHasNoError() {
    for (int i = 0; i < 20; i++) {
      assertThat(RestAssured.get("/api/v1/projects").statusCode()).isEqualTo(200);
    }
    assertThat(errors)
        .extracting(
            record ->
                record.getLoggerName() + ": " + record.getMessage() + " " + record.getThrown())
        .isEmpty();
  }

  private final class Errors extends Handler {
    @Override
    public void publish(LogRecord record) {
      if (record.getLevel().intValue() > Level.WARNING.intValue() || record.getThrown() != null) {
        errors.add(record);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static String chunk(String text) {
    return "%x\r\n%s\r\n".formatted(text.length(), text);
  }

  private static String body(String text) {
    return "Content-Length: %d\r\n\r\n%s".formatted(text.length(), text);
  }

  private static Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void send(Socket socket, String request) throws IOException {
    int line = request.indexOf("\r\n") + 2;
    String all =
        line < 2
            ? request
            : request.substring(0, line) + "Host: localhost\r\n" + request.substring(line);
    try {
      socket.getOutputStream().write(all.getBytes(ISO_8859_1));
    } catch (SocketException e) {
      // The answer came, and the end, before all was sent.
    }
  }

  /** 0 if the server closes the connection without a word. */
  private static int statusOf(Socket socket) throws IOException {
    byte[] line = socket.getInputStream().readNBytes(12);
    return line.length == 0 ? 0 : Integer.parseInt(new String(line, ISO_8859_1).substring(9));
  }
}
