package dev.onward.packaged;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onward.model.intervention.InterventionState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Builds that publish images, and people who act through whichever replica answers. */
final class LoadGenerator implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ASKED_AT_MOST = 3;
  private static final String FREEZE = "\"id\": \"f\", ";

  private final Operator operator;
  private final Fleet fleet;
  private final Random random;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Project, Map<String, String>> published = new HashMap<>();
  private final Map<Project, List<Map<String, String>>> stood = new HashMap<>();
  private final List<Act> acts = new ArrayList<>();
  private int tags;

  /** A project and its services. */
  record Project(String id, List<String> services) {}

  /** What whoever asked came to know. */
  enum Heard {
    DONE,
    REFUSED,
    NOTHING_CERTAIN
  }

  /**
   * What a person asked for.
   *
   * @param path below the project's
   * @param key names it in the audit trail
   */
  record Act(Project project, String path, String key, Heard heard) {}

  LoadGenerator(Operator operator, Fleet fleet, Random random) {
    this.operator = operator;
    this.fleet = fleet;
    this.random = random;
  }

  /** Every service gets another image. */
  void publishAll(Project project) {
    project.services().forEach(service -> publish(project, service));
  }

  /** One to three services get another image. */
  void publishSome(Project project) {
    for (int i = random.nextInt(3); i >= 0; i--) {
      publish(project, project.services().get(random.nextInt(project.services().size())));
    }
  }

  private void publish(Project project, String service) {
    String tag = Integer.toString(++tags);
    var now = published.computeIfAbsent(project, it -> new TreeMap<>());
    now.put(service, Operator.image(service, tag));
    // Before: a replica may be faster than this test.
    stood.computeIfAbsent(project, it -> new ArrayList<>()).add(Map.copyOf(now));
    operator.publish(project.id(), service, tag);
  }

  /** What is under the label. */
  Map<String, String> published(Project project) {
    return published.get(project);
  }

  /** All that was under the label at one time or another. */
  List<Map<String, String>> everPublished(Project project) {
    return stood.get(project);
  }

  List<Act> acts() {
    return acts;
  }

  /** How often people heard what. */
  Map<Heard, Long> heard() {
    return acts.stream().collect(groupingBy(Act::heard, counting()));
  }

  int published() {
    return tags;
  }

  /** A person does something, if anybody answers. */
  void act(Project project) {
    Optional<String> release = current(project, "stage");
    if (release.isEmpty()) {
      return;
    }
    String ofRelease = "\"release\": \"%s\", ".formatted(release.get());
    switch (random.nextInt(20)) {
      case 0 -> ask(project, "environments/stage/hold", "");
      case 1, 2 -> ask(project, "environments/stage/resume", "");
      case 3 -> ask(project, "releases/%s/reject".formatted(release.get()), "");
      case 4 -> ask(project, "releases/%s/unreject".formatted(release.get()), "");
      case 5 -> ask(project, "environments/prod/freeze", FREEZE);
      case 6 -> ask(project, "environments/prod/unfreeze", FREEZE);
      case 7 -> ask(project, "stop", "");
      case 8, 9 -> ask(project, "resume", "");
      case 10, 11 -> ask(project, "labels/latest/cut", "");
      case 12, 13 -> ask(project, "environments/prod/deploy", ofRelease + "\"override\": true, ");
      case 14 -> ask(project, "environments/prod/roll-back", "\"override\": true, ");
      default -> approves(project, release.get());
    }
  }

  /** Whether it was heard: a busy machine may not answer in time, and then nothing is certain. */
  boolean approves(Project project, String release) {
    return ask(project, "environments/prod/approve", "\"release\": \"%s\", ".formatted(release))
        == Heard.DONE;
  }

  /** Takes back what stands in the way of a promotion, and says whether there was anything. */
  boolean takesBack(Project project, InterventionState interventions) {
    var paths = new ArrayList<String>();
    interventions.stop().ifPresent(it -> paths.add("resume"));
    interventions.holds().keySet().forEach(it -> paths.add("environments/%s/resume".formatted(it)));
    interventions
        .rejections()
        .keySet()
        .forEach(it -> paths.add("releases/%s/unreject".formatted(it)));
    paths.forEach(path -> ask(project, path, ""));
    interventions.freezes().forEach(it -> ask(project, "environments/prod/unfreeze", FREEZE));
    return !paths.isEmpty() || !interventions.freezes().isEmpty();
  }

  /** The release that is there, as any replica knows it. */
  private Optional<String> current(Project project, String environment) {
    return fleet.answering().stream()
        .map(
            replica ->
                read(
                    replica.body(
                        "/api/v1/projects/%s/environments/%s"
                            .formatted(project.id(), environment))))
        .map(answer -> answer.path("current").path("release").asText(""))
        .filter(release -> !release.isEmpty())
        .findFirst();
  }

  /** Asks until somebody knows, with the same key, as the API's description says. */
  private Heard ask(Project project, String path, String fields) {
    String key = "act-" + (acts.size() + 1);
    Heard heard = Heard.NOTHING_CERTAIN;
    for (int i = 0; i < ASKED_AT_MOST && heard == Heard.NOTHING_CERTAIN; i++) {
      List<OnwardProcess> answering = fleet.answering();
      if (!answering.isEmpty()) {
        OnwardProcess replica = answering.get(random.nextInt(answering.size()));
        URI uri = replica.address().resolve("/api/v1/projects/%s/%s".formatted(project.id(), path));
        heard = ask(uri, key, fields);
      }
    }
    acts.add(new Act(project, path, key, heard));
    return heard;
  }

  private Heard ask(URI uri, String key, String fields) {
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Onward-Caller", key)
            .header("Idempotency-Key", key)
            .header("X-Request-Id", key)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{%s\"reason\": \"%s\"}".formatted(fields, key)))
            .build();
    try {
      return heard(http.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return Heard.NOTHING_CERTAIN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Heard heard(HttpResponse<String> answer) {
    return switch (answer.statusCode()) {
      case 200, 201 -> Heard.DONE;
      case 503 -> Heard.NOTHING_CERTAIN;
      case 409 ->
          answer.body().contains("is under way, or was interrupted")
              ? Heard.NOTHING_CERTAIN
              : Heard.REFUSED;
      case 404 -> Heard.REFUSED;
      default ->
          throw new AssertionError("answered %d: %s".formatted(answer.statusCode(), answer.body()));
    };
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
