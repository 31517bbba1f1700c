package dev.onward.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import dev.onward.packaged.LoadGenerator.Project;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The packaged artifact, in two processes and then three, on a way to AWS where everything goes
 * wrong, while builds publish, people act, and processes are killed, stopped and restarted. In the
 * end the books must be as if nothing had happened.
 *
 * <p>A short form runs in every build. {@code -Dtest.kills=100} kills that often. It prints its
 * seed, and {@code -Dtest.seed=…} makes the same choices again; which request they meet depends on
 * the processes' own timing.
 */
class RealFailuresIT {
  private static final int KILLS = Integer.getInteger("test.kills", 4);
  private static final Duration TERM = Duration.ofSeconds(1);
  private static final List<Project> PROJECTS =
      List.of(project("storage", 8), project("catalogue", 3));

  @TempDir Path directory;

  private static Project project(String id, int services) {
    return new Project(
        id, IntStream.range(0, services).mapToObj(service -> "service" + service).toList());
  }

  @Test
  void howeverProcessesDieAndAwsFailsNothingIsLostAndNothingIsDoneTwice() throws Exception {
    long seed = Long.getLong("test.seed", System.nanoTime());
    System.out.printf("RealFailuresIT: -Dtest.seed=%d -Dtest.kills=%d%n", seed, KILLS);
    Instant begun = Instant.now();
    try (var aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
        var operator = new Operator(directory, aws);
        var way = new FaultProxy(aws.endpoint(), seed);
        var fleet = new Fleet(directory, settings(operator, way.endpoint()), TERM);
        var crowd = new LoadGenerator(operator, fleet, new Random(seed + 1))) {
      PROJECTS.forEach(project -> writeManifest(operator, project));
      var storm = new Storm(PROJECTS, fleet, way, crowd, new Random(seed));
      storm.rage(KILLS);
      Instant over = Instant.now();
      way.calm();
      try (var ssm = ssm(aws);
          var dynamo = dynamo(aws)) {
        everythingComesToRest(crowd, project -> RunLedger.of(project.id(), dynamo, ssm));
        nothingIsWrittenAnyMore(aws, fleet);
        for (Project project : PROJECTS) {
          var books = RunLedger.of(project.id(), dynamo, ssm);
          new FinalStateCheck(books, crowd, project).everythingIsInOrder();
          System.out.printf("%s: %s%n", project.id(), books);
        }
      }
      assertThat(fleet.logLines(line -> line.contains("this is a bug in Onward"))).isEmpty();
      System.out.printf(
          "%s; %d processes, %d images, acts: %s; faults: %s; took %d s, %d s of it"
              + " until all was at rest%n",
          storm,
          fleet.startedSoFar(),
          crowd.published(),
          crowd.heard(),
          way.met(),
          Duration.between(begun, Instant.now()).toSeconds(),
          Duration.between(over, Instant.now()).toSeconds());
    } catch (Throwable e) {
      throw new AssertionError(
          "replay with -Dtest.seed=%d -Dtest.kills=%d".formatted(seed, KILLS), e);
    }
  }

  private static Map<String, String> settings(Operator operator, URI aws) {
    var settings = new HashMap<>(operator.environment(aws));
    settings.put("ONWARD_API_WRITES", "loopback");
    settings.put("ONWARD_BACKOFF_MAXIMUM", "2s");
    settings.put("ONWARD_REPAIR_GRACE", "2s");
    settings.put("ONWARD_LEASE_STANDBY_INTERVAL", "5s");
    return settings;
  }

  private static void writeManifest(Operator operator, Project project) {
    operator.writeManifest(
        project.id() + ".yaml",
        """
        %1$s:
          name: %1$s
          release: {quiet_period: %2$s}
          environments:
            - id: stage
              name: Staging
              promotion: {from: latest, mode: auto}
              parameter_drift: repair
            - id: prod
              name: Production
              promotion: {from: stage, mode: auto, gates: {approvals: 1}}
              parameter_drift: repair
        """
            .formatted(project.id(), project.services().size() < 5 ? "0s" : "1s"));
  }

  /** People take back what they said, publish once more, and let that go to production. */
  private static void everythingComesToRest(
      LoadGenerator crowd, Function<Project, RunLedger> books) {
    PROJECTS.forEach(
        project ->
            eventually()
                .until(() -> !crowd.takesBack(project, books.apply(project).interventions())));
    PROJECTS.forEach(crowd::publishAll);
    for (Project project : PROJECTS) {
      eventually().until(() -> isInStage(books.apply(project), crowd.published(project)));
      String newest = books.apply(project).label().release().value();
      eventually().until(() -> crowd.approves(project, newest));
    }
    PROJECTS.forEach(project -> eventually().until(() -> isEverywhere(books.apply(project))));
  }

  private static boolean isInStage(RunLedger books, Map<String, String> published) {
    return books.images("stage").equals(published) && books.head("stage").converged();
  }

  private static boolean isEverywhere(RunLedger books) {
    String release = books.label().release().value();
    return FinalStateCheck.ENVIRONMENTS.stream()
        .map(books::head)
        .allMatch(
            head ->
                head.converged()
                    && head.current()
                        .filter(it -> it.release().value().equals(release))
                        .isPresent());
  }

  /** While every replica has looked again. */
  private static void nothingIsWrittenAnyMore(LocalAws aws, Fleet fleet) {
    eventually().until(() -> fleet.answering().size() == fleet.size());
    aws.resetCalls();
    eventually().until(() -> aws.calls().getOrDefault("ssm.GetParametersByPath", 0L) > 30);
    assertThat(aws.calls()).doesNotContainKeys("ssm.PutParameter", "dynamodb.TransactWriteItems");
  }

  private static SsmClient ssm(LocalAws aws) {
    return SsmClient.builder()
        .endpointOverride(aws.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(auditor())
        .build();
  }

  private static DynamoDbClient dynamo(LocalAws aws) {
    return DynamoDbClient.builder()
        .endpointOverride(aws.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(auditor())
        .build();
  }

  private static StaticCredentialsProvider auditor() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("auditor", "any"));
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
  }
}
