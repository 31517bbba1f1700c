package dev.onward.plan;

import dev.onward.model.DeployedRelease;
import dev.onward.model.Deployment;
import dev.onward.model.EnvironmentHead;
import dev.onward.model.EnvironmentId;
import dev.onward.model.ImageRef;
import dev.onward.model.ImageSet;
import dev.onward.model.Label;
import dev.onward.model.Origin;
import dev.onward.model.ProjectId;
import dev.onward.model.Release;
import dev.onward.model.ReleaseId;
import dev.onward.model.ReleaseManifest;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.Gate;
import dev.onward.policy.Mode;
import dev.onward.policy.PromotionPolicy;
import dev.onward.policy.ReleasePolicy;
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
import java.util.stream.Collectors;

/**
 * A small world for the planner: parameters, heads, releases and a clock that a test moves. It is
 * AWS's; this machine's can be made to differ from it.
 */
final class World {
  static final ProjectId PROJECT = new ProjectId("storage");
  static final Label LATEST = new Label("latest");
  static final EnvironmentId STAGE = new EnvironmentId("stage");
  static final EnvironmentId PROD = new EnvironmentId("prod");
  static final Duration GRACE = Duration.ofMinutes(1);

  private ReleasePolicy releases = ReleasePolicy.DEFAULT;
  private final List<DesiredEnvironment> environments = new ArrayList<>();
  private final Map<Label, SortedMap<ServiceId, ObservedParameter>> labels = new HashMap<>();
  private final Map<Label, SortedSet<ServiceId>> servicesBefore = new HashMap<>();
  private final Map<EnvironmentId, ForeignDeployment> foreign = new HashMap<>();
  private Duration watched = Duration.ZERO;
  private Duration clockOff = Duration.ZERO;
  private boolean storeTellsItsTime = true;
  private Optional<Instant> changingSince = Optional.empty();
  private ObservedState state =
      new ObservedState(new TreeMap<>(), new TreeMap<>(), Map.of(), List.of());
  Instant now = Instant.parse("2026-03-02T10:00:00Z");

  /** Stage takes from latest, prod from stage, both automatically. */
  static World automatic() {
    return new World()
        .environment("stage", LATEST, Mode.AUTO)
        .environment("prod", STAGE, Mode.AUTO);
  }

  World environment(String id, Source from, Mode mode, Gate... gates) {
    return environment(
        id, Optional.of(new PromotionPolicy(from, mode, Arrays.asList(gates))), DriftPolicy.REPORT);
  }

  World environment(String id, Optional<PromotionPolicy> policy, DriftPolicy drift) {
    environments.removeIf(e -> e.id().value().equals(id));
    environments.add(new DesiredEnvironment(new EnvironmentId(id), id, policy, drift));
    return this;
  }

  World releasePolicy(Duration quiet, Duration maxWait, String... services) {
    releases = new ReleasePolicy(LATEST, quiet, maxWait, services(services));
    return this;
  }

  World publish(String service, String tag) {
    return publish(LATEST, service, tag);
  }

  World publish(Label label, String service, String tag) {
    return put(label, service, new ObservedParameter.Value.Image(image(service, tag)));
  }

  World put(Label label, String service, ObservedParameter.Value value) {
    var parameters = labels.computeIfAbsent(label, l -> new TreeMap<>());
    var id = new ServiceId(service);
    long version =
        Optional.ofNullable(parameters.get(id)).map(ObservedParameter::version).orElse(0L) + 1;
    parameters.put(id, new ObservedParameter(id, value, version, now));
    watched = Duration.ZERO;
    return this;
  }

  World remove(String service) {
    labels.getOrDefault(LATEST, new TreeMap<>()).remove(new ServiceId(service));
    return this;
  }

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
  World clockOff(Duration ahead) {
    clockOff = ahead;
    return this;
  }

  World withoutTheStoresTime() {
    storeTellsItsTime = false;
    return this;
  }

  /** Somebody edits an environment's parameter by hand. */
  World edit(EnvironmentId environment, String service, ObservedParameter.Value value) {
    var id = new ServiceId(service);
    var observed = observe().environment(environment);
    var parameters = new TreeMap<>(observed.parameters());
    parameters.put(id, new ObservedParameter(id, value, 99, now));
    return replace(environment, observed.withParameters(parameters));
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

  /** A person deploys through Onward. */
  World personDeploys(EnvironmentId environment, ReleaseId id) {
    var observed = observe().environment(environment);
    Release release = release(id);
    EnvironmentHead head =
        observed
            .head()
            .orElseThrow()
            .deployed(
                new DeployedRelease(
                    id, release.createdAt(), Optional.of("by-hand"), now, Origin.PERSON));
    return replace(environment, observed.withHead(head));
  }

  World after(Duration duration) {
    now = now.plus(duration);
    watched = watched.plus(duration);
    return this;
  }

  DesiredState desired() {
    return new DesiredState(PROJECT, "Storage service", Optional.empty(), releases, environments);
  }

  private Instant localTime() {
    return now.plus(clockOff);
  }

  ObservedState observe() {
    Instant asOf = storeTellsItsTime ? now.truncatedTo(ChronoUnit.SECONDS) : localTime();
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
    return new ObservedState(observedLabels, observedEnvironments, state.releases(), List.of());
  }

  Plan plan() {
    return new Planner(GRACE).plan(desired(), observe(), localTime());
  }

  /** Plans and carries the plan out in full. */
  Plan step() {
    Plan plan = plan();
    ObservedState next = observe();
    for (Action action : plan.actions()) {
      next = next.after(action, now);
      foreign.remove(
          action.target() instanceof EnvironmentId environment
              ? environment
              : new EnvironmentId("none"));
    }
    state = next;
    return plan;
  }

  /** Publishes one service, lets it settle, and carries out what follows. */
  Release released(String service, String tag) {
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

  Optional<ReleaseId> current(EnvironmentId environment) {
    return Optional.ofNullable(state.environments().get(environment))
        .flatMap(ObservedEnvironment::head)
        .flatMap(EnvironmentHead::current)
        .map(DeployedRelease::release);
  }

  ImageSet images(EnvironmentId environment) {
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

  static ImageRef image(String service, String tag) {
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
    state = new ObservedState(observe().labels(), changed, state.releases(), List.of());
    return this;
  }
}
