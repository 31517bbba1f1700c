package dev.onward.aws.dynamodb.state;

import dev.onward.aws.FaultyHttp;
import dev.onward.aws.client.AwsCallRecorder;
import dev.onward.aws.client.AwsCalls;
import dev.onward.aws.client.AwsRetries;
import dev.onward.aws.client.CallCredentials;
import dev.onward.aws.client.Pace;
import dev.onward.aws.client.ResponseValidator;
import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.TableCalls;
import dev.onward.aws.dynamodb.TableCreation;
import dev.onward.aws.dynamodb.TableDefinition;
import dev.onward.aws.dynamodb.TableVerifier;
import dev.onward.aws.dynamodb.release.DynamoReleaseStore;
import dev.onward.aws.dynamodb.release.ProjectTables;
import dev.onward.aws.dynamodb.release.ReleaseTable;
import dev.onward.aws.ssm.SsmParameterStore;
import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import dev.onward.model.ProjectId;
import dev.onward.store.AuditTrail;
import dev.onward.store.GlobalStore;
import dev.onward.store.IdempotencyStore;
import dev.onward.store.LeaseStore;
import dev.onward.store.ParameterStore;
import dev.onward.store.ReleaseStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Stores on the local AWS, each instance with tables of its own, over a connection that can be made
 * to fail. Repeating does not wait.
 */
public final class TestAws implements AutoCloseable {
  private static final AtomicInteger INSTANCES = new AtomicInteger();

  public final FaultyHttp http = new FaultyHttp();
  public final SsmClient ssm;
  public final DynamoDbClient dynamo;
  public final List<String> called = new CopyOnWriteArrayList<>();
  public final TableDefinition releases;
  public final TableDefinition state;

  private final ProjectId project;

  /** One for all tests of this JVM: it takes two seconds to start, and ends with the JVM. */
  private static final class Shared {
    static final LocalAws AWS = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
  }

  public TestAws(ProjectId project) {
    this(project, Shared.AWS);
  }

  public TestAws(ProjectId project, LocalAws aws) {
    this.project = project;
    int instance = INSTANCES.incrementAndGet();
    releases = ReleaseTable.definition("releases-" + instance + "-{project_id}", project);
    state = StateTable.definition("state-" + instance);
    var recorder =
        new AwsCallRecorder(
            List.of(
                (service, operation, outcome, took) ->
                    called.add("%s %s %s".formatted(service, operation, outcome))));
    var credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("test" + instance, "test"));
    var ssmBuilder =
        SsmClient.builder()
            .endpointOverride(aws.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(credentials)
            .httpClient(http)
            .overrideConfiguration(o -> o.addExecutionInterceptor(recorder));
    AwsRetries.turnOffIn(ssmBuilder);
    ssm = ssmBuilder.build();
    var dynamoBuilder =
        DynamoDbClient.builder()
            .endpointOverride(aws.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(credentials)
            .httpClient(http)
            .overrideConfiguration(o -> o.addExecutionInterceptor(recorder));
    AwsRetries.turnOffIn(dynamoBuilder);
    dynamo = dynamoBuilder.build();
  }

  public static RetryStrategy immediately() {
    return AwsRetries.standardBuilder()
        .backoffStrategy(BackoffStrategy.retryImmediately())
        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
        .build();
  }

  public static AwsCalls calls(Pace pace) {
    return calls(pace, ResponseValidator.AWS_MODEL);
  }

  static AwsCalls calls(Pace pace, ResponseValidator answers) {
    return new AwsCalls(
        CallCredentials.ofClient(Optional::empty), pace, immediately(), "test", answers);
  }

  public ParameterStore parameters() {
    return new SsmParameterStore(ssm, calls(Pace.UNLIMITED));
  }

  public ReleaseStore releaseStore(InstantSource clock) {
    return releaseStore(project, clock);
  }

  public ReleaseStore releaseStore(ProjectId of, InstantSource clock) {
    return new DynamoReleaseStore(tables(of, true), clock);
  }

  public ProjectTables tables(ProjectId of, boolean create) {
    return new ProjectTables(of, releases, state, tableCalls(create));
  }

  AuditTrail auditTrail(ProjectId of) {
    return new DynamoAuditTrail(tables(of, true).state());
  }

  IdempotencyStore requestLedger(ProjectId of, InstantSource clock) {
    return new DynamoIdempotencyStore(tables(of, true).state(), clock);
  }

  GlobalStore daemonStore(InstantSource clock) {
    return daemonStore(clock, true);
  }

  GlobalStore daemonStore(InstantSource clock, boolean create) {
    return new DynamoGlobalStore(state, tableCalls(create), clock);
  }

  LeaseStore lease(String name) {
    return lease(name, Duration.ofSeconds(5));
  }

  LeaseStore lease(String name, Duration patience) {
    var own = new StatePartition(StateOwner.DAEMON, state, List.of(state), tableCalls(true));
    return new DynamoLeaseStore(own, name, patience);
  }

  private TableCalls tableCalls(boolean create) {
    var calls = calls(Pace.UNLIMITED);
    return new TableCalls(dynamo, calls, new TableVerifier(dynamo, calls, create));
  }

  public void createTables() {
    dynamo.createTable(TableCreation.of(releases));
    dynamo.createTable(TableCreation.of(state));
  }

  /** The release's item as it stands in the table. */
  public Item item(String releaseId) {
    return new Item(
        dynamo
            .getItem(
                request ->
                    request
                        .tableName(releases.name())
                        .key(Map.of(ReleaseTable.RELEASE_ID, Item.ofText(releaseId)))
                        .consistentRead(true))
            .item());
  }

  List<Item> audit() {
    return partition(StateOwner.of(project).auditPartition());
  }

  /** What the state table holds of the project's present. */
  List<Item> stateItems() {
    return partition(StateOwner.of(project).partition());
  }

  List<Item> partition(String key) {
    var query =
        QueryRequest.builder()
            .tableName(state.name())
            .keyConditionExpression(StateTable.OF_PARTITION)
            .expressionAttributeValues(Map.of(":partition", Item.ofText(key)))
            .build();
    return dynamo.query(query).items().stream().map(Item::new).toList();
  }

  @Override
  public void close() {
    ssm.close();
    dynamo.close();
    http.close();
  }
}
