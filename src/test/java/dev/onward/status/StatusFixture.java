package dev.onward.status;

import dev.onward.command.CommandResult;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest;
import dev.onward.plan.Action;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ForeignDeployment;
import dev.onward.plan.ObservedEnvironment;
import dev.onward.plan.ObservedLabel;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.ObservedParameter.Value;
import dev.onward.plan.ObservedState;
import dev.onward.plan.Plan;
import dev.onward.plan.Planner;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.CommandPlanner;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.Gate;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.ReleasePolicy;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.execute.ActionResult;
import dev.onward.store.Failure;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** One project whose cycles a test plays out: the planner is real, AWS is two maps. */
public final class StatusFixture {
  public static final Label LATEST = new Label("latest");
  public static final EnvironmentId STAGE = new EnvironmentId("stage");
  public static final EnvironmentId PROD = new EnvironmentId("prod");
  public static final Duration TOOK = Duration.ofMillis(250);

  private static final Duration GRACE = Duration.ofMinutes(1);
  private static final ReleasePolicy AT_ONCE =
      new ReleasePolicy(LATEST, Duration.ZERO, Duration.ofMinutes(10), new TreeSet<>());

  private final ProjectId project;
  private final List<DesiredEnvironment> environments = new ArrayList<>();
  private final Map<Source, SortedMap<ServiceId, ObservedParameter>> parameters = new HashMap<>();
  private final Map<EnvironmentId, ForeignDeployment> foreign = new HashMap<>();
  private final List<String> unrecognized = new ArrayList<>();
  private InterventionState globalInterventions = InterventionState.NONE;
  private InterventionState interventions = InterventionState.NONE;
  private ObservedState state = observed(new TreeMap<>(), new TreeMap<>(), Map.of());
  public Instant now = Instant.parse("2026-03-02T10:00:00Z");

  public StatusFixture(String project) {
    this.project = new ProjectId(project);
  }

  /** Storage: stage follows latest by itself, prod follows stage by hand. */
  public static StatusFixture storage() {
    return new StatusFixture("storage")
        .environment(STAGE, LATEST, PromotionMode.AUTO, DriftPolicy.REPORT)
        .environment(PROD, STAGE, PromotionMode.MANUAL, DriftPolicy.REPORT);
  }

  public StatusFixture environment(
      EnvironmentId id, Source from, PromotionMode mode, DriftPolicy drift, Gate... gates) {
    without(id);
    environments.add(
        new DesiredEnvironment(
            id, id.value(), Optional.of(new PromotionPolicy(from, mode, List.of(gates))), drift));
    return this;
  }

  public StatusFixture without(EnvironmentId id) {
    environments.removeIf(environment -> environment.id().equals(id));
    return this;
  }

  public StatusFixture publish(String service, String tag) {
    return put(LATEST, service, new Value.Image(image(service, tag)));
  }

  public StatusFixture put(Source where, String service, Value value) {
    var at = parameters.computeIfAbsent(where, w -> new TreeMap<>());
    var id = new ServiceId(service);
    long version = Optional.ofNullable(at.get(id)).map(ObservedParameter::version).orElse(0L) + 1;
    at.put(id, new ObservedParameter(id, value, version, now));
    return this;
  }

  public StatusFixture delete(Source where, String service) {
    parameters.getOrDefault(where, new TreeMap<>()).remove(new ServiceId(service));
    return this;
  }

  public StatusFixture stray(String name) {
    unrecognized.add(name);
    return this;
  }

  public StatusFixture after(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  /** A release that the old tool prepared: in nobody's chain. */
  public Release oldRelease(String id, String service, String tag) {
    return new Release(
        new ReleaseId(id),
        project,
        "Storage service",
        now,
        Optional.empty(),
        "by hand",
        Requester.UNKNOWN,
        ImageSet.of(Map.of(new ServiceId(service), image(service, tag))),
        ReleaseManifest.NONE,
        List.of());
  }

  /** Records a deployment as the old tool does. */
  public void oldToolDeploys(EnvironmentId where, Release release) {
    var deployment =
        new Deployment(
            Optional.empty(), now, "", where, where.value(), new Requester("rk", "Robert"));
    foreign.put(where, new ForeignDeployment(release, deployment));
  }

  /** What becomes of a person's wish; if the write is applied it has come true. */
  public CommandResult execute(
      OperatorCommand command, Attribution attribution, WriteOutcome outcome) {
    return execute(command, Optional.empty(), attribution, outcome);
  }

  /** The same, of one who has seen a version of the interventions. */
  public CommandResult execute(
      OperatorCommand command,
      Optional<Long> expectedVersion,
      Attribution attribution,
      WriteOutcome outcome) {
    ObservedState observed = observe();
    CommandDecision grant =
        new CommandPlanner(desired(), observed, attribution).consider(command, expectedVersion);
    if (grant instanceof CommandDecision.Refused) {
      return new CommandResult(grant, Optional.empty(), Optional.empty(), false);
    }
    if (outcome.applied()) {
      switch (grant) {
        case CommandDecision.Say(var update) -> interventions = update.to();
        case CommandDecision.Deploy deploy -> state = observed.after(deploy.action(), now);
        case CommandDecision.Repair repair -> state = observed.after(repair.request());
        case CommandDecision.Cut(var action) -> state = observed.after(action, now);
        case CommandDecision.Add(Release release) -> state = observed.withRelease(release);
        case CommandDecision.Refused _ -> {}
      }
    }
    return new CommandResult(grant, Optional.empty(), Optional.of(outcome), false);
  }

  /** Somebody stops everything, in all projects. */
  public void stopEverything(Attribution attribution) {
    globalInterventions =
        ((InterventionState.Change.Made)
                globalInterventions.after(new Intervention.StopEverything(), attribution))
            .next();
  }

  public Attribution said(String by, String reason) {
    return new Attribution(new Requester(by, by), now, reason, Optional.empty());
  }

  public Attribution said(String by, String reason, Duration lasting) {
    return new Attribution(new Requester(by, by), now, reason, Optional.of(now.plus(lasting)));
  }

  public DesiredState desired() {
    return new DesiredState(project, "Storage service", Optional.empty(), AT_ONCE, environments);
  }

  /** What is known of the project before a first cycle: nothing. */
  public ProjectStatus unseen() {
    return ProjectStatus.unseen(desired());
  }

  /** What is known of the project after two cycles in which everything succeeds. */
  public ProjectStatus status() {
    return ProjectStatus.unseen(desired()).after(cycle()).after(cycle());
  }

  /** A cycle in which everything succeeds. */
  public CycleReport cycle() {
    return cycle(action -> new WriteOutcome.Applied());
  }

  public CycleReport cycle(Function<Action, WriteOutcome> outcomes) {
    ObservedState observed = observe();
    var results = new ArrayList<ActionResult>();
    for (Action action : new Planner(GRACE).plan(desired(), observed, now).actions()) {
      WriteOutcome outcome = outcomes.apply(action);
      int writable = outcome.applied() ? Integer.MAX_VALUE : 1;
      results.add(new ActionResult(action, outcome, write(action, writable), now));
      if (!outcome.applied()) {
        break;
      }
      observed = observed.after(action, now);
    }
    state = observed;
    foreign.clear();
    Optional<Failure> failure =
        results.stream()
            .map(ActionResult::outcome)
            .filter(WriteOutcome.Failed.class::isInstance)
            .map(failed -> ((WriteOutcome.Failed) failed).failure())
            .findFirst();
    return report(observed, results, failure);
  }

  /** A cycle of a process that only observes. */
  public CycleReport observeOnly() {
    return report(observe(), List.of(), Optional.empty());
  }

  /** A cycle that could not even look. */
  public CycleReport failing(Failure failure) {
    return new CycleReport(
        desired(), now, TOOK, Optional.empty(), Optional.empty(), List.of(), Optional.of(failure));
  }

  private CycleReport report(
      ObservedState observed, List<ActionResult> results, Optional<Failure> failure) {
    Plan left = new Planner(GRACE).plan(desired(), observed, now);
    return new CycleReport(
        desired(), now, TOOK, Optional.of(observed), Optional.of(left), results, failure);
  }

  /** A convergence that fails has written something before. */
  private SortedSet<ServiceId> write(Action action, int limit) {
    var written = new TreeSet<ServiceId>();
    if (action instanceof Action.ConvergeParameters converge) {
      converge.writes().entrySet().stream()
          .limit(limit)
          .forEach(
              write -> {
                var value = new Value.Image(write.getValue());
                put(converge.head().environment(), write.getKey().value(), value);
                written.add(write.getKey());
              });
    }
    return written;
  }

  private ObservedState observe() {
    var labels = new TreeMap<Label, ObservedLabel>();
    for (Label label : desired().watchedLabels()) {
      labels.put(
          label,
          new ObservedLabel(
              at(label),
              now,
              Optional.ofNullable(state.labels().get(label)).flatMap(ObservedLabel::head),
              Optional.of(new TreeSet<>(at(label).keySet())),
              Duration.ofDays(1),
              Optional.empty(),
              Map.of()));
    }
    var seen = new TreeMap<EnvironmentId, ObservedEnvironment>();
    for (DesiredEnvironment environment : environments) {
      seen.put(
          environment.id(),
          new ObservedEnvironment(
              at(environment.id()),
              Optional.ofNullable(state.environments().get(environment.id()))
                  .flatMap(ObservedEnvironment::head),
              Optional.ofNullable(foreign.get(environment.id())),
              true,
              Duration.ofDays(1),
              Duration.ofDays(1)));
    }
    return observed(labels, seen, state.releases());
  }

  private ObservedState observed(
      SortedMap<Label, ObservedLabel> labels,
      SortedMap<EnvironmentId, ObservedEnvironment> seen,
      Map<ReleaseId, Release> releases) {
    return new ObservedState(
        labels,
        seen,
        releases,
        new TreeMap<>(),
        unrecognized,
        globalInterventions,
        interventions,
        Map.of());
  }

  private SortedMap<ServiceId, ObservedParameter> at(Source where) {
    return parameters.getOrDefault(where, new TreeMap<>());
  }

  public static ImageRef image(String service, String tag) {
    return new ImageRef("example.com/ns/" + service + ":" + tag);
  }

  /** The name of a parameter that is nobody's. */
  public String nested(String service) {
    return new ParameterName(project, LATEST, new ServiceId(service)).path() + "/more";
  }
}
