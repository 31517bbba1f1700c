package dev.onward.aws;

import static dev.onward.aws.Samples.STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.OnwardConfig;
import dev.onward.aws.client.AwsCallRecorder;
import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.RoleArn;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.store.Failure;
import dev.onward.store.ParameterVersion;
import dev.onward.store.ProjectStores;
import dev.onward.store.StoreException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Stores by the roles of their projects. */
final class AwsStoresIT {
  private static final String STS_ENDPOINT = "aws.endpointUrlSts";
  private static final ProjectId STORAGE = new ProjectId("storage");
  private static final RoleArn READER = new RoleArn("arn:aws:iam::123456789012:role/reader");

  private final List<String> called = new CopyOnWriteArrayList<>();
  private LocalAws aws;

  @BeforeEach
  void start() {
    aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort().withoutDynamoDb());
    System.setProperty(STS_ENDPOINT, aws.endpoint().toString());
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @AfterEach
  void stop() {
    System.clearProperty(STS_ENDPOINT);
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    aws.close();
  }

  @Test
  void aProjectWithARoleIsWorkedOnInThatRoleUnderItsOwnName() {
    ProjectStores stores = stores(aws.endpoint()).open(STORAGE, Optional.of(READER));

    assertThat(publisher(stores, STORAGE))
        .contains("arn:aws:sts::123456789012:assumed-role/reader/onward-storage");
    assertThat(called).contains("STS AssumeRole success");
  }

  @Test
  void aProjectWithoutARoleIsWorkedOnWithTheProcesssOwnCredentials() {
    ProjectStores stores = stores(aws.endpoint()).open(STORAGE, Optional.empty());

    assertThat(publisher(stores, STORAGE).orElseThrow()).doesNotContain("assumed-role/reader");
    assertThat(aws.calls()).doesNotContainKey("sts.AssumeRole");
  }

  @Test
  void aRoleIsAssumedOnceForManyCalls() {
    AwsStores provider = stores(aws.endpoint());

    for (int i = 0; i < 5; i++) {
      provider.open(STORAGE, Optional.of(READER)).parameters().list(STORAGE);
    }

    assertThat(aws.calls()).containsEntry("sts.AssumeRole", 1L);
    assertThat(provider.open(STORAGE, Optional.of(READER)))
        .isSameAs(provider.open(STORAGE, Optional.of(READER)))
        .isNotEqualTo(provider.open(STORAGE, Optional.empty()));
  }

  @Test
  void theCredentialsOfARoleThatNoManifestNamesAnyMoreAreForgotten() {
    AwsStores provider = stores(aws.endpoint());
    provider.open(STORAGE, Optional.of(READER)).parameters().list(STORAGE);

    provider.keepOnly(Map.of(STORAGE, Optional.of(READER)));
    provider.open(STORAGE, Optional.of(READER)).parameters().list(STORAGE);
    assertThat(aws.calls()).as("still named").containsEntry("sts.AssumeRole", 1L);

    provider.keepOnly(Map.of(STORAGE, Optional.empty()));
    provider.open(STORAGE, Optional.of(READER)).parameters().list(STORAGE);
    assertThat(aws.calls()).as("another role").containsEntry("sts.AssumeRole", 2L);

    provider.keepOnly(Map.of());
    provider.open(STORAGE, Optional.of(READER)).parameters().list(STORAGE);
    assertThat(aws.calls()).as("no such project").containsEntry("sts.AssumeRole", 3L);
  }

  @Test
  void aLongProjectIdIsCutToWhatASessionNameTakes() {
    var longName = new ProjectId("p".repeat(150));

    ProjectStores stores = stores(aws.endpoint()).open(longName, Optional.of(READER));

    assertThat(publisher(stores, longName).orElseThrow())
        .endsWith("/onward-" + "p".repeat(64 - "onward-".length()));
  }

  /** In any second no more than the limit, whoever writes: they are evenly spaced. */
  @Test
  void fault9AllProjectsOfAProcessShareOneBudgetOfWrites() throws InterruptedException {
    AwsStores provider = stores(aws.endpoint());
    var writes = new ArrayList<Callable<Long>>();
    for (int i = 0; i < 12; i++) {
      var project = new ProjectId("project-" + i % 4);
      var name = new ParameterName(project, STAGE, new ServiceId("service-" + i));
      ProjectStores stores =
          provider.open(project, i % 2 == 0 ? Optional.empty() : Optional.of(READER));
      writes.add(() -> stores.parameters().put(name, new ImageRef("example.com/bags:1"), "x"));
    }
    Instant start = Instant.now();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.invokeAll(writes);
    }

    assertThat(aws.calls()).containsEntry("ssm.PutParameter", 12L);
    assertThat(Duration.between(start, Instant.now()))
        .as("eleven pauses of a hundredth of a second")
        .isGreaterThanOrEqualTo(Duration.ofMillis(109));
  }

  @Test
  void anAwsThatCannotBeReachedIsATransientFailureOfTheCall() {
    ProjectStores stores = stores(URI.create("http://127.0.0.1:1")).open(STORAGE, Optional.empty());

    assertThatThrownBy(() -> stores.parameters().list(STORAGE))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.TRANSIENT))
        .hasMessageContaining("cannot reach AWS");
    assertThat(called).contains("SSM GetParametersByPath unreachable");
  }

  /** Who wrote a parameter, as its history tells. */
  private static Optional<String> publisher(ProjectStores stores, ProjectId project) {
    var name = new ParameterName(project, STAGE, new ServiceId("bags"));
    stores.parameters().put(name, new ImageRef("example.com/bags:1"), "by a test");
    ParameterVersion version = stores.parameters().history(name).getFirst();
    return version.lastModifiedBy();
  }

  private AwsStores stores(URI endpoint) {
    var recorder =
        new AwsCallRecorder(
            List.of(
                (service, operation, outcome, took) ->
                    called.add("%s %s %s".formatted(service, operation, outcome))));
    var ssm = configured(SsmClient.builder(), endpoint, recorder);
    var dynamo = configured(DynamoDbClient.builder(), endpoint, recorder);
    return new AwsStores(
        config(),
        ssm,
        ssm.build(),
        dynamo,
        dynamo.build(),
        new SkewCorrectedClock(InstantSource.system(), System::nanoTime),
        recorder);
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configured(
      B builder, URI endpoint, AwsCallRecorder recorder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(o -> o.addExecutionInterceptor(recorder));
  }

  private static OnwardConfig config() {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(OnwardConfig.class)
        .withSources(
            new PropertiesConfigSource(
                Map.of(
                    "onward.ssm.reads-per-second", "1000", "onward.ssm.writes-per-second", "100"),
                "test",
                500))
        .build()
        .getConfigMapping(OnwardConfig.class);
  }
}
