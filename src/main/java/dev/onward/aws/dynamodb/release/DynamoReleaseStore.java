package dev.onward.aws.dynamodb.release;

import dev.onward.aws.dynamodb.state.EnvironmentWrites;
import dev.onward.aws.dynamodb.state.HeadWrites;
import dev.onward.aws.dynamodb.state.InterventionWrites;
import dev.onward.aws.dynamodb.state.StateReads;
import dev.onward.aws.dynamodb.state.Transactions;
import dev.onward.model.EnvironmentId;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.Action;
import dev.onward.plan.RepairRequest;
import dev.onward.plan.command.InterventionUpdate;
import dev.onward.store.ProjectState;
import dev.onward.store.ReleaseStore;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The releases and the state of one project in DynamoDB. */
public final class DynamoReleaseStore implements ReleaseStore {
  private final StateReads state;
  private final ReleaseReads releases;
  private final ReleaseCutWrite cut;
  private final DeploymentWrite record;
  private final ComposedReleaseWrite add;
  private final InterventionWrites interventions;
  private final EnvironmentWrites environments;

  public DynamoReleaseStore(ProjectTables tables, InstantSource clock) {
    var transactions = new Transactions(tables.state(), clock);
    state = new StateReads(tables.state());
    releases = new ReleaseReads(tables);
    interventions = new InterventionWrites(tables.state(), state, transactions);
    cut = new ReleaseCutWrite(tables, releases, state, interventions, transactions);
    record = new DeploymentWrite(tables, releases, state, interventions, transactions);
    add = new ComposedReleaseWrite(tables, releases, transactions);
    environments =
        new EnvironmentWrites(new HeadWrites(tables.state()), state, interventions, transactions);
  }

  @Override
  public ProjectState state() {
    return state.all();
  }

  @Override
  public Optional<EnvironmentHead> head(EnvironmentId environment) {
    return state.head(environment);
  }

  @Override
  public Optional<Release> release(ReleaseId id) {
    return releases.release(id);
  }

  @Override
  public Optional<PartialRelease> partial(ReleaseId id) {
    return releases.partial(id);
  }

  @Override
  public ReleasePage releases(int limit, Optional<String> cursor) {
    return releases.page(limit, cursor);
  }

  @Override
  public IdSearch idsBeginningWith(String beginning, int pages) {
    return releases.idsBeginningWith(beginning, pages);
  }

  @Override
  public Stream<Release> deployedNewestFirst() {
    return releases.deployedNewestFirst();
  }

  @Override
  public Stream<Release> deployedUpTo(Instant time) {
    return releases.deployedUpTo(time);
  }

  @Override
  public WriteOutcome cut(Action.CutRelease action, List<Action.RecordDeployment> deployments) {
    return outcome(() -> cut.write(action, deployments));
  }

  @Override
  public WriteOutcome initialise(Action.InitialiseEnvironment action) {
    return outcome(() -> environments.initialise(action));
  }

  @Override
  public WriteOutcome adopt(Action.AdoptDeployment action) {
    return outcome(() -> environments.adopt(action));
  }

  @Override
  public WriteOutcome record(Action.RecordDeployment action) {
    return outcome(() -> record.write(action));
  }

  @Override
  public WriteOutcome updateInterventions(InterventionUpdate update) {
    return interventions.updateInterventions(update);
  }

  @Override
  public WriteOutcome repair(RepairRequest request) {
    return outcome(() -> environments.repair(request));
  }

  @Override
  public WriteOutcome add(Release release) {
    return outcome(() -> add.write(release));
  }

  @Override
  public WriteOutcome markConverged(Action.ConvergeParameters action) {
    return outcome(() -> environments.markConverged(action));
  }

  @Override
  public void reopen(EnvironmentId environment) {
    environments.reopen(environment);
  }

  /** A failure before the write, for example of a read it needs, means that nothing was written. */
  private static WriteOutcome outcome(Supplier<WriteOutcome> write) {
    try {
      return write.get();
    } catch (StoreException e) {
      return new WriteOutcome.Failed(e.failure());
    }
  }
}
