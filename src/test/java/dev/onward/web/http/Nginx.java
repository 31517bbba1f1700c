package dev.onward.web.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real proxy with nothing set but where it passes requests on to. Where it is missing, tests are
 * skipped.
 */
public record Nginx(Process process, Path directory, int port) implements AutoCloseable {
  public static Nginx before(int upstream) throws IOException {
    Optional<Path> program =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(it -> Path.of(it, "nginx"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "nginx is not on the PATH; .ci/run fetches it");
    Path directory = Files.createTempDirectory("nginx");
    int port = freePort();
    Path settings = directory.resolve("nginx.conf");
    Files.writeString(
        settings,
        """
        daemon off;
        pid %1$s/pid;
        error_log stderr;
        events {}
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          server {
            listen 127.0.0.1:%2$d;
            location / { proxy_pass http://127.0.0.1:%3$d; }
          }
        }
        """
            .formatted(directory, port, upstream));
    Process process =
        new ProcessBuilder(
                program.orElseThrow().toString(),
                "-p",
                directory.toString(),
                "-c",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    var nginx = new Nginx(process, directory, port);
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(nginx::listens);
    return nginx;
  }

  private boolean listens() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().join();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
