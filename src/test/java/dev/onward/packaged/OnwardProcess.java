package dev.onward.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The packaged artifact as a process of its own, with nothing in its environment but what is given.
 */
public final class OnwardProcess implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final int port;
  private final int managementPort;
  private final Instant startedAt = Instant.now();

  private OnwardProcess(Process process, Path log, int port, int managementPort) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** As the README says: with the artifact's own argument file. */
  public static OnwardProcess start(Path directory, Map<String, String> environment) {
    return start(Artifact.underTest(), List.of("@" + Artifact.ARGUMENTS), directory, environment);
  }

  /** As any Java program: slower to start, the same otherwise. */
  static OnwardProcess startJar(Path directory, Locale locale, Map<String, String> environment) {
    var arguments =
        List.of(
            "-Duser.language=" + locale.getLanguage(),
            "-Duser.country=" + locale.getCountry(),
            "-jar",
            "quarkus-run.jar");
    return start(Artifact.underTest(), arguments, directory, environment);
  }

  static OnwardProcess start(
      Artifact artifact, List<String> arguments, Path directory, Map<String, String> environment) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    return start(command, artifact.directory(), directory, environment);
  }

  /**
   * @param place where the command is run
   * @param directory where its log goes
   */
  static OnwardProcess start(
      List<String> command, Path place, Path directory, Map<String, String> environment) {
    int port = freePort();
    int managementPort = freePort();
    Path log = directory.resolve("onward-" + port + ".log");
    var builder = new ProcessBuilder(command).directory(place.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      return new OnwardProcess(builder.start(), log, port, managementPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The status of a GET, 0 while nobody listens. */
  public int status(String path) {
    try {
      return get(path).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Where it serves health and metrics. */
  public URI management() {
    return URI.create("http://127.0.0.1:" + managementPort);
  }

  /** A path of either listener. */
  public URI address(String path) {
    boolean managed = path.startsWith("/q/health") || path.startsWith("/q/metrics");
    return (managed ? management() : address()).resolve(path);
  }

  public String body(String path) {
    try {
      return get(path).body();
    } catch (IOException e) {
      return "";
    }
  }

  /** The value of the metric's first sample whose line starts so; 0 if there is none. */
  double metric(String start) {
    return body("/q/metrics")
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(0.0);
  }

  /** Has somebody act: what is answered. */
  String post(String path, String json) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .header("Onward-Caller", "alice")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** It ends without being asked, as by {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
  }

  /** Comes when it has ended, however that came about. */
  CompletableFuture<?> gone() {
    return process.onExit();
  }

  /** It stands still, and knows nothing of it, until it is {@linkplain #goOn let go on}. */
  public void standStill() throws IOException, InterruptedException {
    signal("STOP");
  }

  public void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** Asks it to stop, and does not wait. */
  void askToStop() {
    process.destroy();
  }

  private void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -%s %d failed".formatted(name, process.pid()));
    }
  }

  /** Resident memory in MB, where the system tells it. */
  public long residentMegabytes() {
    return told("VmRSS")
        .map(text -> Long.parseLong(text.replaceAll("\\D+", "")) / 1024)
        .orElse(-1L);
  }

  long pid() {
    return process.pid();
  }

  /** The processor time used so far. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What the system tells of the process under a name, where it does. */
  Optional<String> told(String name) {
    try {
      return Files.readAllLines(Path.of("/proc/%d/status".formatted(process.pid()))).stream()
          .filter(line -> line.startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  public Instant startedAt() {
    return startedAt;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "";
    }
  }

  /** Asks it to stop, as a cluster does, and says how long that took. */
  public Duration terminate() throws InterruptedException {
    Instant asked = Instant.now();
    process.destroy();
    // One that trains a cache writes it first, which takes its time on a busy machine.
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new AssertionError("still alive 2 min after SIGTERM; its log:\n" + log());
    }
    return Duration.between(asked, Instant.now());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    http.close();
  }

  private HttpResponse<String> get(String path) throws IOException {
    var request = HttpRequest.newBuilder(address(path)).timeout(Duration.ofSeconds(5)).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
