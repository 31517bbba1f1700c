package dev.onward.web.http;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A client that watches, and keeps whatever it is sent. */
public final class EventStreamReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final HttpResponse<Stream<String>> response;

  /** One event. */
  public record Event(String name, String id, JsonPath data) {}

  public EventStreamReader(String query, Optional<String> lastKnown)
      throws IOException, InterruptedException {
    this(RestAssured.port, query, lastKnown);
  }

  public EventStreamReader(int port, String query, Optional<String> lastKnown)
      throws IOException, InterruptedException {
    var address = "http://localhost:%d/api/v1/events%s".formatted(port, query);
    var request = HttpRequest.newBuilder(URI.create(address)).header("Accept", "text/event-stream");
    lastKnown.ifPresent(id -> request.header("Last-Event-ID", id));
    response = client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                response.body().forEach(lines::add);
              } catch (RuntimeException e) {
                lines.add(": closed");
              }
            });
  }

  public static EventStreamReader all() throws IOException, InterruptedException {
    return new EventStreamReader("", Optional.empty());
  }

  public HttpResponse<Stream<String>> response() {
    return response;
  }

  public List<String> lines() {
    return lines;
  }

  /** Those that have arrived whole. */
  public List<Event> events() {
    return Stream.of(String.join("\n", lines).split("\n\n", -1))
        .filter(block -> block.contains("data:") && block.contains("id:"))
        .map(EventStreamReader::event)
        .toList();
  }

  public Event await(Predicate<Event> wanted) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> events().stream().filter(wanted).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  private static Event event(String block) {
    return new Event(field(block, "event"), field(block, "id"), new JsonPath(field(block, "data")));
  }

  private static String field(String block, String name) {
    return block
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
