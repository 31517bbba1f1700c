package dev.onward.simulation;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.Action;
import dev.onward.plan.RepairRequest;
import dev.onward.plan.command.InterventionUpdate;
import dev.onward.store.ProjectState;
import dev.onward.store.ReleaseStore;
import dev.onward.store.WriteOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The real store, for bugs to be planted in. */
class BuggyReleases implements ReleaseStore {
  private final ReleaseStore real;

  BuggyReleases(ReleaseStore real) {
    this.real = real;
  }

  @Override
  public ProjectState state() {
    return real.state();
  }

  @Override
  public Optional<EnvironmentHead> head(EnvironmentId environment) {
    return real.head(environment);
  }

  @Override
  public Optional<Release> release(ReleaseId id) {
    return real.release(id);
  }

  @Override
  public ReleasePage releases(int limit, Optional<String> cursor) {
    return real.releases(limit, cursor);
  }

  @Override
  public IdSearch idsBeginningWith(String beginning, int pages) {
    return real.idsBeginningWith(beginning, pages);
  }

  @Override
  public Stream<Release> deployedNewestFirst() {
    return real.deployedNewestFirst();
  }

  @Override
  public Stream<Release> deployedUpTo(Instant time) {
    return real.deployedUpTo(time);
  }

  @Override
  public WriteOutcome cut(Action.CutRelease action, List<Action.RecordDeployment> deployments) {
    return real.cut(action, deployments.stream().map(this::meant).toList());
  }

  @Override
  public WriteOutcome initialise(Action.InitialiseEnvironment action) {
    return real.initialise(action);
  }

  @Override
  public WriteOutcome adopt(Action.AdoptDeployment action) {
    return real.adopt(action);
  }

  @Override
  public WriteOutcome record(Action.RecordDeployment action) {
    return real.record(meant(action));
  }

  /** What is recorded instead of a deployment, on its own or with its release. */
  Action.RecordDeployment meant(Action.RecordDeployment action) {
    return action;
  }

  @Override
  public WriteOutcome updateInterventions(InterventionUpdate update) {
    return real.updateInterventions(update);
  }

  @Override
  public WriteOutcome repair(RepairRequest request) {
    return real.repair(request);
  }

  @Override
  public WriteOutcome add(Release release) {
    return real.add(release);
  }

  @Override
  public WriteOutcome markConverged(Action.ConvergeParameters action) {
    return real.markConverged(action);
  }

  @Override
  public void reopen(EnvironmentId environment) {
    real.reopen(environment);
  }
}
