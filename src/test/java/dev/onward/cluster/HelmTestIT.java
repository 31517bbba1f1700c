package dev.onward.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The pod of {@code helm test}: its very command, in the artifact that the image is made of. */
class HelmTestIT {
  @Test
  void itsCommandRunsInTheArtifactAndAsksWhoeverIsThere() throws Exception {
    ClusterObjects objects = Chart.render(Chart.least("service: {port: 8000}"));
    List<String> command = command(objects.one("Pod"));
    assertThat(command).endsWith("http://onward:8000").startsWith("java");

    HttpServer onward = answering("{}");
    try {
      command.removeLast();
      command.add("http://127.0.0.1:" + onward.getAddress().getPort());
      assertThat(run(command)).contains("Ready: GET", "The API answers: GET");
    } finally {
      onward.stop(0);
    }
  }

  @Test
  void itMayConnectWhereTheNetworkPolicyLetsFewIn() {
    ClusterObjects objects = Chart.render(Chart.LEAST);
    JsonNode pod = objects.one("Pod").at("/metadata/labels");

    assertThat(objects.one("NetworkPolicy").at("/spec/ingress/0/from"))
        .anySatisfy(
            from ->
                assertThat(from.at("/podSelector/matchLabels").properties())
                    .isNotEmpty()
                    .allSatisfy(
                        label -> assertThat(pod.path(label.getKey())).isEqualTo(label.getValue())));
  }

  private static List<String> command(JsonNode pod) {
    var command = new ArrayList<String>();
    pod.at("/spec/containers/0/command").forEach(word -> command.add(word.asText()));
    return command;
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Process process =
        new ProcessBuilder(command)
            .directory(
                Path.of(System.getProperty("artifact.under.test", "target/quarkus-app")).toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static HttpServer answering(String text) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body = text.getBytes(UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
