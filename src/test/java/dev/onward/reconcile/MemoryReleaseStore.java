package dev.onward.reconcile;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.Action;
import dev.onward.plan.RepairRequest;
import dev.onward.plan.command.InterventionUpdate;
import dev.onward.store.Failure;
import dev.onward.store.ProjectState;
import dev.onward.store.ReleaseStore;
import dev.onward.store.WriteOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Releases and heads in memory, with the conditions of the real transactions. */
public final class MemoryReleaseStore implements ReleaseStore {
  private final Map<ReleaseId, Release> releases = new TreeMap<>();
  private final TreeMap<Label, LabelHead> labels = new TreeMap<>();
  private final TreeMap<EnvironmentId, EnvironmentHead> environments = new TreeMap<>();
  private final List<String> audit = new ArrayList<>();
  private InterventionState interventions = InterventionState.NONE;
  private CallHook hook = CallHook.NONE;
  private Optional<Failure> noDeployments = Optional.empty();

  /** What operators have said is deleted by hand. */
  public void loseInterventions() {
    interventions = InterventionState.NONE;
  }

  void hook(CallHook newHook) {
    hook = newHook;
  }

  /** From now on no write that records a deployment is allowed. */
  void refuseDeployments(Failure failure) {
    noDeployments = Optional.of(failure);
  }

  public List<String> audit() {
    return audit;
  }

  public List<Release> all() {
    return releases.values().stream().sorted(Release.BY_AGE).toList();
  }

  public void lose(ReleaseId release) {
    releases.remove(release);
  }

  /** What the old tool does: append to the release, and nothing else. */
  public void deployWithOldTool(Release release, Deployment deployment) {
    releases.putIfAbsent(release.id(), release);
    releases.computeIfPresent(release.id(), (id, known) -> known.withDeployment(deployment));
  }

  @Override
  public ProjectState state() {
    return called("state", () -> new ProjectState(labels, environments, interventions));
  }

  @Override
  public Optional<EnvironmentHead> head(EnvironmentId environment) {
    return called("head", () -> Optional.ofNullable(environments.get(environment)));
  }

  @Override
  public Optional<Release> release(ReleaseId id) {
    return called("release", () -> Optional.ofNullable(releases.get(id)));
  }

  @Override
  public ReleasePage releases(int limit, Optional<String> cursor) {
    return called(
        "releases",
        () -> {
          int from = cursor.map(Integer::parseInt).orElse(0);
          List<Release> rest = all().reversed().stream().skip(from).toList();
          return new ReleasePage(
              rest.stream().limit(limit).toList(),
              Optional.of(Integer.toString(from + limit)).filter(next -> rest.size() > limit),
              List.of());
        });
  }

  @Override
  public IdSearch idsBeginningWith(String beginning, int pages) {
    return called(
        "ids",
        () ->
            new IdSearch(
                all().reversed().stream()
                    .map(Release::id)
                    .filter(id -> id.value().startsWith(beginning))
                    .toList(),
                true));
  }

  @Override
  public Stream<Release> deployedNewestFirst() {
    return called(
        "deployed",
        () ->
            releases.values().stream()
                .filter(release -> release.lastDeployedAt().isPresent())
                .sorted(
                    Comparator.comparing((Release r) -> r.lastDeployedAt().orElseThrow())
                        .reversed()));
  }

  @Override
  public Stream<Release> deployedUpTo(Instant time) {
    return deployedNewestFirst()
        .filter(release -> !release.lastDeployedAt().orElseThrow().isAfter(time));
  }

  @Override
  public WriteOutcome cut(Action.CutRelease action, List<Action.RecordDeployment> deployments) {
    return called(
        "cut",
        () -> {
          var head = Optional.ofNullable(labels.get(action.to().label()));
          if (head.filter(it -> it.release().equals(action.to().release())).isPresent()) {
            return new WriteOutcome.AlreadyApplied();
          }
          if (!head.equals(action.from())
              || (!deployments.isEmpty() && releases.containsKey(action.release().id()))) {
            return conflict();
          }
          Optional<WriteOutcome> refusal =
              deployments.stream().flatMap(it -> refusal(it).stream()).findFirst();
          if (refusal.isPresent()) {
            return refusal.get();
          }
          releases.putIfAbsent(action.release().id(), action.release());
          labels.put(action.to().label(), action.to());
          deployments.forEach(this::move);
          return applied("cut " + action.release().id());
        });
  }

  @Override
  public WriteOutcome initialise(Action.InitialiseEnvironment action) {
    return called(
        "initialise",
        () -> {
          if (environments.putIfAbsent(action.to().environment(), action.to()) != null) {
            return conflict();
          }
          return applied("initialise " + action.to().environment());
        });
  }

  @Override
  public WriteOutcome adopt(Action.AdoptDeployment action) {
    return called(
        "adopt",
        () -> move(action.from(), action.to()) ? applied("adopt " + action.target()) : conflict());
  }

  @Override
  public WriteOutcome record(Action.RecordDeployment action) {
    return called(
        "record",
        () -> {
          var current =
              Optional.ofNullable(environments.get(action.to().environment()))
                  .flatMap(EnvironmentHead::current)
                  .flatMap(DeployedRelease::deploymentId);
          if (current.isPresent() && current.equals(action.deployment().id())) {
            return new WriteOutcome.AlreadyApplied();
          }
          return refusal(action).orElseGet(() -> move(action));
        });
  }

  private Optional<WriteOutcome> refusal(Action.RecordDeployment action) {
    if (noDeployments.isPresent()) {
      return noDeployments.map(WriteOutcome.Failed::new);
    }
    if (action.interventions().filter(v -> v != interventions.version()).isPresent()) {
      return Optional.of(new WriteOutcome.Conflict("an intervention was set meanwhile"));
    }
    if (action.sourceHead().filter(this::hasMoved).isPresent()) {
      return Optional.of(new WriteOutcome.Conflict("the source has moved"));
    }
    return hasMoved(action.from()) ? Optional.of(conflict()) : Optional.empty();
  }

  private WriteOutcome move(Action.RecordDeployment action) {
    move(action.from(), action.to());
    releases.computeIfPresent(
        action.release().id(), (id, release) -> release.withDeployment(action.deployment()));
    return applied("deploy " + action.deployment().id().orElseThrow());
  }

  private boolean hasMoved(EnvironmentHead head) {
    return Optional.ofNullable(environments.get(head.environment()))
        .filter(found -> found.version() == head.version())
        .isEmpty();
  }

  @Override
  public WriteOutcome updateInterventions(InterventionUpdate update) {
    return called(
        "say",
        () -> {
          if (interventions.equals(update.to())) {
            return new WriteOutcome.AlreadyApplied();
          }
          if (interventions.version() != update.from().version()) {
            return conflict();
          }
          interventions = update.to();
          return applied(
              "%s %s %s"
                  .formatted(
                      update.intervention().event(),
                      update.attribution().by().id(),
                      update.intervention().subject()));
        });
  }

  @Override
  public WriteOutcome repair(RepairRequest request) {
    return called(
        "repair",
        () -> {
          EnvironmentId id = request.to().environment();
          if (request.to().equals(environments.get(id))) {
            return new WriteOutcome.AlreadyApplied();
          }
          if (request.interventions() != interventions.version()) {
            return new WriteOutcome.Conflict("an intervention was set meanwhile");
          }
          return move(request.from(), request.to())
              ? applied("repair %s %s".formatted(id, request.attribution().by().id()))
              : conflict();
        });
  }

  @Override
  public WriteOutcome add(Release release) {
    return called(
        "add",
        () -> {
          Release known = releases.putIfAbsent(release.id(), release);
          if (known == null) {
            return applied("add " + release.id());
          }
          return known.images().equals(release.images())
              ? new WriteOutcome.AlreadyApplied()
              : conflict();
        });
  }

  @Override
  public WriteOutcome markConverged(Action.ConvergeParameters action) {
    return called(
        "markConverged",
        () ->
            change(
                    action.head().environment(),
                    head ->
                        head.version() == action.head().version()
                            ? Optional.of(head.markConverged())
                            : Optional.empty())
                ? new WriteOutcome.Applied()
                : conflict());
  }

  @Override
  public void reopen(EnvironmentId environment) {
    called(
        "reopen",
        () ->
            change(
                environment,
                head ->
                    Optional.of(
                        new EnvironmentHead(
                            head.environment(),
                            head.version() + 1,
                            false,
                            head.history(),
                            head.automationAfter(),
                            head.adoptedUpTo(),
                            head.repairAsked()))));
  }

  private boolean move(EnvironmentHead from, EnvironmentHead to) {
    return change(
        from.environment(),
        head -> head.version() == from.version() ? Optional.of(to) : Optional.empty());
  }

  private boolean change(
      EnvironmentId id, Function<EnvironmentHead, Optional<EnvironmentHead>> change) {
    Optional<EnvironmentHead> changed = Optional.ofNullable(environments.get(id)).flatMap(change);
    changed.ifPresent(head -> environments.put(id, head));
    return changed.isPresent();
  }

  private WriteOutcome applied(String event) {
    audit.add(event);
    return new WriteOutcome.Applied();
  }

  private static WriteOutcome conflict() {
    return new WriteOutcome.Conflict("somebody else moved first");
  }

  private <T> T called(String name, Supplier<T> call) {
    hook.before(name);
    T result;
    synchronized (this) {
      result = call.get();
    }
    hook.after(name);
    return result;
  }
}
