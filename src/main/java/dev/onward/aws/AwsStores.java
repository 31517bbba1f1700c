package dev.onward.aws;

import dev.onward.OnwardConfig;
import dev.onward.aws.client.AssumedRoles;
import dev.onward.aws.client.AwsCallRecorder;
import dev.onward.aws.client.AwsCalls;
import dev.onward.aws.client.AwsRetries;
import dev.onward.aws.client.CallCredentials;
import dev.onward.aws.client.Pace;
import dev.onward.aws.client.SsmRateLimiter;
import dev.onward.aws.dynamodb.TableCalls;
import dev.onward.aws.dynamodb.TableVerifier;
import dev.onward.aws.dynamodb.release.DynamoReleaseStore;
import dev.onward.aws.dynamodb.release.ProjectTables;
import dev.onward.aws.dynamodb.release.ReleaseTable;
import dev.onward.aws.dynamodb.state.DynamoAuditTrail;
import dev.onward.aws.dynamodb.state.DynamoGlobalStore;
import dev.onward.aws.dynamodb.state.DynamoIdempotencyStore;
import dev.onward.aws.dynamodb.state.DynamoLeaseStore;
import dev.onward.aws.dynamodb.state.StateOwner;
import dev.onward.aws.dynamodb.state.StatePartition;
import dev.onward.aws.dynamodb.state.StateTable;
import dev.onward.aws.ssm.SsmChangeCalendars;
import dev.onward.aws.ssm.SsmParameterStore;
import dev.onward.model.ProjectId;
import dev.onward.model.RoleArn;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.store.GlobalStore;
import dev.onward.store.LeaseStore;
import dev.onward.store.ProjectStores;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;

/**
 * Opens the stores of projects in AWS. All projects share the two injected clients and their
 * configuration; only the credentials differ.
 *
 * <p>The clients are created by their first call: a missing Region then fails that call and not the
 * process.
 */
@ApplicationScoped
public class AwsStores implements ProjectStores.Provider, LeaseStore.Provider {
  private final OnwardConfig config;
  private final SsmClient ssm;
  private final DynamoDbClient dynamo;
  private final SkewCorrectedClock clock;
  private final AssumedRoles roles;
  private final SsmRateLimiter ssmPace;
  private final RetryStrategy retries = AwsRetries.standard();
  private final Map<Session, ProjectStores> stores = new ConcurrentHashMap<>();
  private final Identity own;
  private final GlobalStore daemon;

  @Inject
  AwsStores(
      OnwardConfig config,
      SsmClientBuilder ssmBuilder,
      SsmClient ssm,
      DynamoDbClientBuilder dynamoBuilder,
      DynamoDbClient dynamo,
      SkewCorrectedClock clock,
      AwsCallRecorder recorder) {
    AwsRetries.turnOffIn(ssmBuilder);
    AwsRetries.turnOffIn(dynamoBuilder);
    this.config = config;
    this.ssm = ssm;
    this.dynamo = dynamo;
    this.clock = clock;
    roles = new AssumedRoles(ssm::serviceClientConfiguration, recorder);
    ssmPace = new SsmRateLimiter(config.ssm().readsPerSecond(), config.ssm().writesPerSecond());
    own =
        identity(
            CallCredentials.ofClient(() -> renewed(ssm.serviceClientConfiguration())),
            CallCredentials.ofClient(() -> renewed(dynamo.serviceClientConfiguration())));
    daemon =
        new DynamoGlobalStore(
            StateTable.definition(config.stateTable()),
            tableCalls(own, StateOwner.DAEMON.words()),
            clock);
  }

  @Override
  public ProjectStores open(ProjectId project, Optional<RoleArn> role) {
    return stores.computeIfAbsent(new Session(project, role), this::open);
  }

  /**
   * Drops the credentials along with the stores; callers that still hold a store can finish with
   * it.
   */
  @Override
  public void keepOnly(Map<ProjectId, Optional<RoleArn>> wanted) {
    stores.keySet().removeIf(session -> !session.role().equals(wanted.get(session.project())));
  }

  @Override
  public GlobalStore daemon() {
    return daemon;
  }

  @Override
  public void limitReads(boolean standby) {
    ssmPace.standBy(standby);
  }

  @Override
  public LeaseStore lease(String name, Duration patience) {
    var table = StateTable.definition(config.stateTable());
    var calls = tableCalls(own, "lease");
    return new DynamoLeaseStore(
        new StatePartition(StateOwner.DAEMON, table, List.of(table), calls), name, patience);
  }

  @PreDestroy
  void close() {
    roles.close();
  }

  private ProjectStores open(Session session) {
    ProjectId project = session.project();
    Identity identity = session.role().map(role -> assumed(role, project)).orElse(own);
    var tables =
        new ProjectTables(
            project,
            ReleaseTable.definition(config.releasesTable(), project),
            StateTable.definition(config.stateTable()),
            tableCalls(identity, project.value()));
    AwsCalls ssmCalls = calls(identity.ssm(), ssmPace, project.value());
    return new ProjectStores(
        new SsmParameterStore(ssm, ssmCalls),
        new DynamoReleaseStore(tables, clock),
        new SsmChangeCalendars(ssm, ssmCalls),
        new DynamoAuditTrail(tables.state()),
        new DynamoIdempotencyStore(tables.state(), clock));
  }

  private Identity assumed(RoleArn role, ProjectId project) {
    CallCredentials credentials = roles.of(role, project);
    return identity(credentials, credentials);
  }

  private Identity identity(CallCredentials forSsm, CallCredentials forDynamo) {
    var calls = calls(forDynamo, Pace.UNLIMITED, "tables");
    return new Identity(forSsm, forDynamo, new TableVerifier(dynamo, calls, config.createTables()));
  }

  private TableCalls tableCalls(Identity identity, String budget) {
    AwsCalls calls = calls(identity.dynamo(), Pace.UNLIMITED, budget);
    return new TableCalls(dynamo, calls, identity.tables());
  }

  /** Each project has its own retry budget, so that its failures do not affect others. */
  private AwsCalls calls(CallCredentials credentials, Pace pace, String budget) {
    return new AwsCalls(credentials, pace, retries, budget);
  }

  /**
   * The default chain caches what it found; a new one resolves credentials again. Credentials
   * configured in another way can only be requested again.
   */
  private static Optional<AwsCredentialsProvider> renewed(AwsServiceClientConfiguration client) {
    return client.credentialsProvider() instanceof DefaultCredentialsProvider
        ? Optional.of(DefaultCredentialsProvider.builder().build())
        : Optional.empty();
  }

  /** The role is part of the key, since a project may switch to another role while Onward runs. */
  private record Session(ProjectId project, Optional<RoleArn> role) {}

  /** What is shared by all users of the same credentials. */
  private record Identity(CallCredentials ssm, CallCredentials dynamo, TableVerifier tables) {}
}
