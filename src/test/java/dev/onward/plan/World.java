package dev.onward.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.InterventionUpdate;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.Gate;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.ReleasePolicy;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.PromotionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A small world for the planner: parameters, heads, releases and a clock that a test moves. It is
 * AWS's; this machine's can be made to differ from it.
 */
public final class World {
  static final ProjectId PROJECT = new ProjectId("storage");
  public static final Label LATEST = new Label("latest");
  public static final EnvironmentId STAGE = new EnvironmentId("stage");
  public static final EnvironmentId PROD = new EnvironmentId("prod");
  static final Duration GRACE = Duration.ofMinutes(1);
  public static final Planner PLANNER = new Planner(GRACE);
  private static final Duration TICK = Duration.ofMinutes(1);

  private ReleasePolicy releases = ReleasePolicy.DEFAULT;
  private final List<DesiredEnvironment> environments = new ArrayList<>();
  private final Map<Label, SortedMap<ServiceId, ObservedParameter>> labels = new HashMap<>();
  private final Map<Label, SortedSet<ServiceId>> servicesBefore = new HashMap<>();
  private final Map<EnvironmentId, ForeignDeployment> foreign = new HashMap<>();
  private final Outside outside = new Outside();
  private Duration watched = Duration.ZERO;
  private Duration clockOff = Duration.ZERO;
  private boolean storeTellsItsTime = true;
  private Optional<Instant> changingSince = Optional.empty();
  private ObservedState state =
      new ObservedState(
          new TreeMap<>(),
          new TreeMap<>(),
          Map.of(),
          new TreeMap<>(),
          List.of(),
          InterventionState.NONE,
          InterventionState.NONE,
          Map.of());

  /** What AWS's clock says. */
  Instant now = Instant.parse("2026-03-02T10:00:00Z");

  /** Stage takes from latest, prod from stage, both automatically. */
  public static World automatic() {
    return new World()
        .environment("stage", LATEST, PromotionMode.AUTO)
        .environment("prod", STAGE, PromotionMode.AUTO);
  }

  public World environment(String id, Source from, PromotionMode mode, Gate... gates) {
    return environment(
        id, Optional.of(new PromotionPolicy(from, mode, Arrays.asList(gates))), DriftPolicy.REPORT);
  }

  World environment(String id, Optional<PromotionPolicy> policy, DriftPolicy drift) {
    var desired = new DesiredEnvironment(new EnvironmentId(id), id, policy, drift);
    environments.removeIf(e -> e.id().equals(desired.id()));
    environments.add(desired);
    return this;
  }

  /** The environment's policy as it is, with these gates instead of its own. */
  public World gates(EnvironmentId id, Gate... gates) {
    return policy(id, p -> new PromotionPolicy(p.from(), p.mode(), Arrays.asList(gates)));
  }

  public World mode(EnvironmentId id, PromotionMode mode) {
    return policy(id, p -> new PromotionPolicy(p.from(), mode, p.gates()));
  }

  /** Whoever edits the environment's parameters by hand is corrected. */
  World repairs(EnvironmentId id) {
    return environment(id.value(), policyOf(id), DriftPolicy.REPAIR);
  }

  private World policy(EnvironmentId id, UnaryOperator<PromotionPolicy> change) {
    DriftPolicy drift = desired().environment(id).orElseThrow().parameterDrift();
    return environment(id.value(), policyOf(id).map(change), drift);
  }

  private Optional<PromotionPolicy> policyOf(EnvironmentId id) {
    return desired().environment(id).orElseThrow().promotion();
  }

  public World releasePolicy(Duration quiet, Duration maxWait, String... services) {
    releases = new ReleasePolicy(LATEST, quiet, maxWait, services(services));
    return this;
  }

  public World publish(String service, String tag) {
    return publish(LATEST, service, tag);
  }

  public World publish(Label label, String service, String tag) {
    return put(label, service, new ObservedParameter.Value.Image(image(service, tag)));
  }

  public World put(Label label, String service, ObservedParameter.Value value) {
    var parameters = labels.computeIfAbsent(label, l -> new TreeMap<>());
    var id = new ServiceId(service);
    long version =
        Optional.ofNullable(parameters.get(id)).map(ObservedParameter::version).orElse(0L) + 1;
    parameters.put(id, new ObservedParameter(id, value, version, now));
    watched = Duration.ZERO;
    return this;
  }

  ObservedParameter parameter(Label label, String service) {
    return Optional.ofNullable(labels.get(label).get(new ServiceId(service))).orElseThrow();
  }

  World remove(String service) {
    labels.getOrDefault(LATEST, new TreeMap<>()).remove(new ServiceId(service));
    return this;
  }

  /** The listing before this one had these services. */
  World servicesBefore(String... services) {
    servicesBefore.put(LATEST, services(services));
    return this;
  }

  World changingSince(Instant since) {
    changingSince = Optional.of(since);
    return this;
  }

  World watched(Duration duration) {
    watched = duration;
    return this;
  }

  /** This machine's clock is ahead of AWS's by so much; behind it, if that is negative. */
  public World clockOff(Duration ahead) {
    clockOff = ahead;
    return this;
  }

  World withoutTheStoresTime() {
    storeTellsItsTime = false;
    return this;
  }

  /** Somebody edits an environment's parameter by hand. */
  public World edit(EnvironmentId environment, String service, String tag) {
    return edit(environment, service, new ObservedParameter.Value.Image(image(service, tag)));
  }

  World edit(EnvironmentId environment, String service, ObservedParameter.Value value) {
    var id = new ServiceId(service);
    var observed = observe().environment(environment);
    var parameters = new TreeMap<>(observed.parameters());
    foreign.computeIfPresent(
        environment, (it, found) -> writtenOver(found, parameters.get(id), value));
    parameters.put(id, new ObservedParameter(id, value, 99, now));
    return replace(environment, observed.withParameters(parameters));
  }

  /** Parameter Store shows what was there before. */
  World sees(EnvironmentId environment, ObservedParameter stale) {
    var observed = observe().environment(environment);
    var parameters = new TreeMap<>(observed.parameters());
    parameters.put(stale.service(), stale);
    return replace(environment, observed.withParameters(parameters));
  }

  /** What the parameter's history would tell, if this is the old tool's doing. */
  private static ForeignDeployment writtenOver(
      ForeignDeployment found, ObservedParameter before, ObservedParameter.Value value) {
    boolean its =
        found
            .release()
            .images()
            .image(before.service())
            .map(ObservedParameter.Value.Image::new)
            .filter(value::equals)
            .isPresent();
    var over = new HashMap<>(found.writtenOver());
    if (its) {
      over.put(before.service(), before.lastModified());
    }
    return new ForeignDeployment(found.release(), found.deployment(), over);
  }

  World delete(EnvironmentId environment, String service) {
    var observed = observe().environment(environment);
    var parameters = new TreeMap<>(observed.parameters());
    parameters.remove(new ServiceId(service));
    return replace(environment, observed.withParameters(parameters));
  }

  /** The old tool records a deployment: in the releases table, and nowhere else yet. */
  World oldToolDeploys(EnvironmentId environment, Release release) {
    var deployment =
        new Deployment(
            Optional.empty(), now, "by hand", environment, environment.value(), Requester.UNKNOWN);
    foreign.put(environment, new ForeignDeployment(release, deployment));
    return this;
  }

  /** A person deploys through Onward, whatever holds it. */
  World personDeploys(EnvironmentId environment, ReleaseId id) {
    person("Alice").deploysRegardless(release(id), environment);
    return this;
  }

  public Person person(String name) {
    return new Person(this, name);
  }

  /** What a person was granted comes true. */
  void carryOut(CommandDecision grant) {
    state =
        switch (grant) {
          case CommandDecision.Say(InterventionUpdate update) ->
              observe().withInterventions(update.to());
          case CommandDecision.Deploy deploy ->
              observe().withRelease(deploy.action().release()).after(deploy.action(), clock());
          case CommandDecision.Repair repair -> observe().after(repair.request());
          case CommandDecision.Cut(Action.CutRelease action) -> observe().after(action, clock());
          case CommandDecision.Add(Release release) -> observe().withRelease(release);
          case CommandDecision.Refused refused ->
              throw new AssertionError("refused: " + refused.reason());
        };
  }

  /** What an operator says of all projects at once. */
  void globalInterventionsChanged(InterventionState globalInterventions) {
    state = observe().withGlobalInterventions(globalInterventions);
  }

  Outside outside() {
    return outside;
  }

  public World after(Duration duration) {
    now = now.plus(duration);
    watched = watched.plus(duration);
    return this;
  }

  public DesiredState desired() {
    return new DesiredState(PROJECT, "Storage service", Optional.empty(), releases, environments);
  }

  /** Time goes by, with a cycle every minute; none leaves anything for one right after it. */
  public World runFor(Duration duration) {
    for (Duration left = duration; left.isPositive(); left = left.minus(TICK)) {
      after(left.compareTo(TICK) < 0 ? left : TICK).step();
      assertThat(plan().actions()).as("right after a cycle").isEmpty();
    }
    return this;
  }

  /** The process starts anew: it has watched nothing yet. */
  World restart() {
    return watched(Duration.ZERO);
  }

  /** What this machine's clock says. */
  public Instant clock() {
    return now.plus(clockOff);
  }

  public ObservedState observe() {
    Instant asOf = storeTellsItsTime ? now.truncatedTo(ChronoUnit.SECONDS) : clock();
    var observedLabels = new TreeMap<Label, ObservedLabel>();
    for (Label label : desired().watchedLabels()) {
      SortedMap<ServiceId, ObservedParameter> parameters =
          labels.getOrDefault(label, new TreeMap<>());
      observedLabels.put(
          label,
          new ObservedLabel(
              parameters,
              asOf,
              Optional.ofNullable(state.labels().get(label)).flatMap(ObservedLabel::head),
              Optional.ofNullable(servicesBefore.get(label)),
              watched,
              changingSince,
              Map.of()));
    }
    var observedEnvironments = new TreeMap<EnvironmentId, ObservedEnvironment>();
    for (DesiredEnvironment environment : environments) {
      var known = Optional.ofNullable(state.environments().get(environment.id()));
      observedEnvironments.put(
          environment.id(),
          new ObservedEnvironment(
              known.map(ObservedEnvironment::parameters).orElseGet(TreeMap::new),
              known.flatMap(ObservedEnvironment::head),
              Optional.ofNullable(foreign.get(environment.id())),
              true,
              watched,
              watched));
    }
    var otherLabels = new TreeMap<>(labels);
    otherLabels.keySet().removeAll(desired().watchedLabels());
    return new ObservedState(
        observedLabels,
        observedEnvironments,
        state.releases(),
        otherLabels,
        List.of(),
        state.globalInterventions(),
        state.interventions(),
        Map.of());
  }

  /** Finds out what gates ask and plans again, until nothing new is asked. */
  public Plan plan() {
    return plan(observe());
  }

  Plan plan(ObservedState observed) {
    return new IterativePlanner(PLANNER)
        .plan(desired(), observed, asked -> outside.answers(asked, clock()), clock())
        .plan();
  }

  /** Plans and carries the plan out in full. */
  public Plan step() {
    Plan plan = plan();
    carryOut(plan.actions());
    return plan;
  }

  /** Part of a plan, perhaps: the process may end after any of its actions. */
  void carryOut(List<Action> actions) {
    ObservedState next = observe();
    for (Action action : actions) {
      next = next.after(action, now);
      if (action.target() instanceof EnvironmentId environment) {
        foreign.remove(environment);
      }
    }
    state = next;
  }

  /** Publishes one service, lets it settle, and carries out what follows. */
  public Release released(String service, String tag) {
    publish(service, tag).after(Duration.ofMinutes(5)).step();
    return newest();
  }

  Release newest() {
    return release(state.label(LATEST).head().orElseThrow().release());
  }

  Release release(ReleaseId id) {
    return state.release(id).orElseThrow();
  }

  EnvironmentExplanation explain(EnvironmentId environment) {
    return plan().environments().get(environment);
  }

  /** The gates that hold the environment's candidate. */
  List<String> holding(EnvironmentId environment) {
    return explain(environment).candidate().stream()
        .flatMap(candidate -> candidate.verdicts().stream())
        .filter(verdict -> !verdict.passed())
        .map(Verdict::gate)
        .toList();
  }

  /** Every deployment that the environment's history has, oldest first. */
  List<ReleaseId> deployed(EnvironmentId environment) {
    return state.environment(environment).head().orElseThrow().history().stream()
        .map(DeployedRelease::release)
        .toList();
  }

  public Optional<ReleaseId> current(EnvironmentId environment) {
    return Optional.ofNullable(state.environments().get(environment))
        .flatMap(ObservedEnvironment::head)
        .flatMap(EnvironmentHead::current)
        .map(DeployedRelease::release);
  }

  public ImageSet images(EnvironmentId environment) {
    var images = new TreeMap<ServiceId, ImageRef>();
    state
        .environment(environment)
        .parameters()
        .forEach((id, p) -> p.image().ifPresent(image -> images.put(id, image)));
    return ImageSet.of(images);
  }

  /** A release that the old tool prepared: in nobody's chain. */
  Release oldRelease(String id, Map<String, String> tags) {
    var images = new TreeMap<ServiceId, ImageRef>();
    tags.forEach((service, tag) -> images.put(new ServiceId(service), image(service, tag)));
    return new Release(
        new ReleaseId(id),
        PROJECT,
        "Storage service",
        now,
        Optional.empty(),
        "prepared by hand",
        Requester.UNKNOWN,
        ImageSet.of(images),
        ReleaseManifest.NONE,
        List.of());
  }

  public static Duration minutes(long minutes) {
    return Duration.ofMinutes(minutes);
  }

  public static Duration hours(long hours) {
    return Duration.ofHours(hours);
  }

  public static Duration days(long days) {
    return Duration.ofDays(days);
  }

  public static ImageRef image(String service, String tag) {
    return new ImageRef("example.com/uk.ac.wellcome/" + service + ":" + tag);
  }

  static SortedSet<ServiceId> services(String... services) {
    return Arrays.stream(services)
        .map(ServiceId::new)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private World replace(EnvironmentId environment, ObservedEnvironment observed) {
    var changed = new TreeMap<>(observe().environments());
    changed.put(environment, observed);
    ObservedState seen = observe();
    state =
        new ObservedState(
            seen.labels(),
            changed,
            seen.releases(),
            seen.otherLabels(),
            List.of(),
            seen.globalInterventions(),
            seen.interventions(),
            Map.of());
    return this;
  }
}
