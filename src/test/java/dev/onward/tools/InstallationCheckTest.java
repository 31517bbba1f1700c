package dev.onward.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstallationCheckTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final InetAddress IPV4 = InetAddress.ofLiteral("127.0.0.1");

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private HttpServer onward;
  private URI service;
  private InstallationCheck.Names names = _ -> new InetAddress[] {IPV4};

  @BeforeEach
  void start() throws IOException {
    onward = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    onward.start();
    service = URI.create("http://127.0.0.1:" + onward.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    onward.stop(0);
  }

  @Test
  void waitsUntilOnwardIsReadyAndThenAsksItsApi() throws Exception {
    answers("/q/health/ready", 503, 503, 200);
    answers("/api/v1/daemon", 200);

    assertThat(passes(LONG)).isTrue();
    assertThat(said.toString(UTF_8)).contains("Ready: GET", "The API answers: GET", "answer 200");
  }

  @Test
  void anApiThatAsksWhoComesIsRightAsWell() throws Exception {
    answers("/q/health/ready", 200);
    answers("/api/v1/daemon", 401);

    assertThat(passes(LONG)).isTrue();
    assertThat(said.toString(UTF_8)).contains("asks who comes");
  }

  @Test
  void aPodThatDoesNotBecomeReadyFailsWithWhatItSaysAndTheServiceIsNotAsked() throws Exception {
    answers("/q/health/ready", 503);
    service = URI.create("http://nobody.invalid");

    assertThat(passes(Duration.ZERO)).isFalse();
    assertThat(said.toString(UTF_8))
        .contains("Not ready: GET http://127.0.0.1:", "503 answer 503")
        .doesNotContain("invalid");
  }

  @Test
  void everyPodIsAskedAndAllMustBeReady() throws Exception {
    answers("/q/health/ready", 200);
    names = _ -> new InetAddress[] {IPV4, InetAddress.ofLiteral("::1")};

    assertThat(passes(Duration.ZERO)).isFalse();
    assertThat(said.toString(UTF_8))
        .contains("\nNot ready: GET http://[0:0:0:0:0:0:0:1]:")
        .contains("Ready: GET http://127.0.0.1:");
  }

  @Test
  void podsThatAreNotThereYetAreWaitedFor() throws Exception {
    answers("/q/health/ready", 200);
    answers("/api/v1/daemon", 200);
    var askedFor = new ArrayDeque<>(List.of("onward-pods", "onward-pods"));
    names =
        name -> {
          if (askedFor.poll() != null) {
            throw new UnknownHostException(name);
          }
          return new InetAddress[] {IPV4};
        };

    assertThat(passes(LONG)).isTrue();
  }

  @Test
  void noPodAtAllFailsTheCheckWithWhereToLook() throws Exception {
    names =
        name -> {
          throw new UnknownHostException(name);
        };

    assertThat(passes(Duration.ZERO)).isFalse();
    assertThat(said.toString(UTF_8))
        .contains("No pod has an address: nobody has the name pods.example")
        .contains("kubectl describe pods");
  }

  @Test
  void aServiceThatDoesNotLeadToThePodsFailsTheCheck() throws Exception {
    answers("/q/health/ready", 200);
    service = URI.create("http://nobody.invalid");

    assertThat(passes(Duration.ZERO)).isFalse();
    assertThat(said.toString(UTF_8))
        .contains("The pods are ready, but the Service does not lead to them")
        .contains("http://nobody.invalid/api/v1/daemon");
  }

  @Test
  void anApiThatFailsFailsTheCheck() throws Exception {
    answers("/q/health/ready", 200);
    answers("/api/v1/daemon", 503);

    assertThat(passes(LONG)).isFalse();
    assertThat(said.toString(UTF_8)).contains("does not answer as it should", "503");
  }

  @Test
  void nobodyListeningFailsTheCheckWithTheReason() throws Exception {
    onward.stop(0);

    assertThat(passes(Duration.ZERO)).isFalse();
    assertThat(said.toString(UTF_8))
        .contains("Not ready", "nobody listens there", "its log says why", "ConnectException");
  }

  private boolean passes(Duration patience) throws InterruptedException {
    var pods = URI.create("http://pods.example:" + onward.getAddress().getPort());
    return new InstallationCheck(
            service, pods, names, patience, PAUSE, new PrintStream(said, true, UTF_8))
        .passes();
  }

  /** One after another; the last of them from then on. */
  private void answers(String path, Integer... statuses) {
    Deque<Integer> left = new ArrayDeque<>(List.of(statuses));
    onward.createContext(
        path,
        exchange -> {
          int status = left.size() > 1 ? left.removeFirst() : left.getFirst();
          byte[] body = ("answer " + status).getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }
}
