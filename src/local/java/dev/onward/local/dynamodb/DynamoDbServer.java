package dev.onward.local.dynamodb;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local on a free loopback port. Its own {@code ServerRunner} is not used because that
 * listens on all interfaces, must be told a free port beforehand, and tells AWS of every start.
 */
final class DynamoDbServer implements AutoCloseable {

  /** Held on to, or its level would be forgotten. Jetty's comings and goings interest nobody. */
  private static final Logger JETTY_LOG = Logger.getLogger("org.eclipse.jetty");

  private final Server server;
  private final ServerConnector connector;
  private final LocalDynamoDBServerHandler handler;

  private DynamoDbServer(LocalDynamoDBServerHandler handler) {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("dynamodb-local");
    threads.setDaemon(true);
    this.handler = handler;
    this.server = new Server(threads);
    this.connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    // Longer than the client in front keeps a connection, so that it never finds one just closed.
    connector.setIdleTimeout(Duration.ofMinutes(10).toMillis());
    server.addConnector(connector);
    server.setHandler(handler);
  }

  /**
   * Starts it.
   *
   * @param directory where tables survive a restart; without it they live in memory
   * @throws IOException when it does not start
   */
  static DynamoDbServer start(Optional<Path> directory) throws IOException {
    JETTY_LOG.setLevel(Level.WARNING);
    if (directory.isPresent()) {
      Files.createDirectories(directory.get());
    }
    DynamoDbServer server =
        new DynamoDbServer(
            new LocalDynamoDBServerHandler(requestHandler(directory), /* corsParam= */ null));
    try {
      server.server.start();
    } catch (Exception e) {
      server.close();
      throw new IOException("DynamoDB Local does not start", e);
    }
    return server;
  }

  private static LocalDynamoDBRequestHandler requestHandler(Optional<Path> directory)
      throws IOException {
    boolean inMemory = directory.isEmpty();
    @Nullable String path = directory.map(Path::toString).orElse(null);
    // One data set for all: otherwise every access key and every Region has tables of its own.
    boolean sharedDb = true;
    try {
      return new LocalDynamoDBRequestHandler(
          /* authorityLevel= */ 0, inMemory, path, sharedDb, /* delayTransientStatuses= */ false);
    } catch (RuntimeException e) {
      throw new IOException("DynamoDB Local cannot use " + directory, e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not stop", e);
    } finally {
      handler.close();
    }
  }
}
