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
    HttpServer onward = answering(200, "{}");
    try {
      assertThat(run(askingOnly(onward), 0)).contains("Ready: GET", "The API answers: GET");
    } finally {
      onward.stop(0);
    }
  }

  @Test
  void itSaysWhyAPodIsNotReadyThoughTheServiceLeadsToNone() throws Exception {
    HttpServer onward = answering(503, "no permission to read /storage/images");
    try {
      assertThat(run(askingOnly(onward), 1))
          .contains("Not ready: GET", "503 no permission to read /storage/images")
          .doesNotContain("Service");
    } finally {
      onward.stop(0);
    }
  }

  @Test
  void itAsksTheServiceAndThePodsWhetherTheyAreReadyOrNot() {
    ClusterObjects objects = Chart.render(Chart.least("service: {port: 8000}"));

    assertThat(command(objects.one("Pod")))
        .endsWith("http://onward:8000", "http://onward-pods:9000", "PT1M")
        .startsWith("java");
    JsonNode pods = objects.find("Service onward-pods").orElseThrow().path("spec");
    assertThat(pods.path("clusterIP").asText()).isEqualTo("None");
    assertThat(pods.path("publishNotReadyAddresses").asBoolean()).isTrue();
  }

  /** The pod's command, with another place to ask and no patience. */
  private static List<String> askingOnly(HttpServer onward) {
    List<String> command = command(Chart.render(Chart.LEAST).one("Pod"));
    String address = "http://127.0.0.1:" + onward.getAddress().getPort();
    command.replaceAll(word -> word.startsWith("http:") ? address : word);
    command.set(command.size() - 1, "PT0S");
    command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    return command;
  }

  @Test
  void itMayConnectWhereTheNetworkPolicyLetsFewIn() {
    ClusterObjects objects = Chart.render(Chart.LEAST);
    JsonNode pod = objects.one("Pod").at("/metadata/labels");

    for (String port : new String[] {"0", "1"}) {
      assertThat(objects.one("NetworkPolicy").at("/spec/ingress/" + port + "/from"))
          .anySatisfy(
              from ->
                  assertThat(from.at("/podSelector/matchLabels").properties())
                      .isNotEmpty()
                      .allSatisfy(
                          label ->
                              assertThat(pod.path(label.getKey())).isEqualTo(label.getValue())));
    }
  }

  private static List<String> command(JsonNode pod) {
    var command = new ArrayList<String>();
    pod.at("/spec/containers/0/command").forEach(word -> command.add(word.asText()));
    return command;
  }

  private static String run(List<String> command, int exit)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(
                Path.of(System.getProperty("artifact.under.test", "target/quarkus-app")).toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isEqualTo(exit);
    return said;
  }

  private static HttpServer answering(int status, String text) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body = text.getBytes(UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
