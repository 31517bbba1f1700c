package dev.onward.plan.replay;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Requester;
import dev.onward.model.intervention.Approval;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.Action;
import dev.onward.plan.Candidates;
import dev.onward.plan.ConvergedSince;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.EligibleReleases;
import dev.onward.plan.EnvironmentExplanation.CandidateExplanation;
import dev.onward.plan.IterativePlanner;
import dev.onward.plan.ObservedEnvironment;
import dev.onward.plan.ObservedState;
import dev.onward.plan.Plan;
import dev.onward.plan.Planner;
import dev.onward.plan.replay.ReplayHistory.Recorded;
import dev.onward.policy.gate.PromotionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The simulated project, at a time that only advances. Every watched label's parameters are those
 * of its newest release, so that the planner never cuts one itself.
 */
final class ReplayWorld {
  /** The length of a label's chain that is offered: as far as a running Onward follows it. */
  static final int CHAIN_LIMIT = 200;

  private final DesiredState desired;
  private final IterativePlanner planner = new IterativePlanner(new Planner(Duration.ZERO));
  private final Map<Label, Deque<Release>> chains = new HashMap<>();
  private final List<Made> made = new ArrayList<>();
  private ObservedState state;

  /** A deployment made by the replay. */
  record Made(EnvironmentId environment, Release release, Instant at, boolean byPerson) {}

  /**
   * Starts as earlier recorded deployments left the project: converged, without drift and without a
   * floor set by a person's deployment.
   */
  ReplayWorld(DesiredState desired, ReplayHistory history, Instant from) {
    this.desired = desired;
    desired.watchedLabels().forEach(label -> chains.put(label, new ArrayDeque<>()));
    state = ReplayStart.of(desired, history, from);
    history.releases().stream()
        .filter(release -> release.createdAt().isBefore(from))
        .forEach(this::appear);
  }

  /** A build is published and its release is cut. */
  void appear(Release release) {
    Optional<Label> label = release.manifest().label().filter(chains::containsKey);
    if (label.isEmpty()) {
      return;
    }
    Deque<Release> chain = chains.getOrDefault(label.get(), new ArrayDeque<>());
    chain.addLast(release);
    if (chain.size() > CHAIN_LIMIT) {
      chain.removeFirst();
    }
    Optional<LabelHead> before = state.label(label.get()).head();
    var head =
        new LabelHead(
            label.get(),
            release.id(),
            release.createdAt(),
            before.map(LabelHead::version).orElse(0L) + 1);
    var labels = new TreeMap<>(state.labels());
    labels.put(
        label.get(),
        ReplayStart.label(
            ReplayStart.parameters(release.images(), release.createdAt()),
            Optional.of(head),
            release.createdAt()));
    state =
        new ObservedState(
            labels,
            state.environments(),
            needed(),
            state.otherLabels(),
            state.unrecognized(),
            state.globalInterventions(),
            state.interventions(),
            state.results());
  }

  /** A person deploys through Onward, regardless of the policy. */
  void deployByPerson(Recorded recorded, Instant now) {
    Release release = recorded.release();
    ObservedEnvironment seen = state.environment(recorded.environment());
    EnvironmentHead from = seen.head().orElseThrow();
    Deployment deployment = recorded.deployment();
    var deployed =
        new DeployedRelease(
            release.id(), release.createdAt(), deployment.id(), now, DeploymentOrigin.PERSON);
    state = state.withRelease(release);
    apply(
        new Action.RecordDeployment(
            release,
            deployment,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            from,
            from.deployed(deployed, ConvergedSince.of(seen, state))),
        now);
    state = state.asSeen();
  }

  /** As many people as the policy requires approve the release. */
  void approve(ReleaseId release, EnvironmentId environment, int count, Instant now) {
    InterventionState inForce = state.interventions().without(this::isSpent);
    var approvals = new ArrayList<>(inForce.approvals());
    for (int i = 1; i <= count; i++) {
      var person = new Requester("replay-" + i, "person " + i);
      approvals.add(
          new Approval(
              release,
              environment,
              new Attribution(person, now, "assumed by the replay", Optional.empty())));
    }
    state =
        state.withInterventions(
            new InterventionState(
                inForce.version() + 1,
                inForce.stop(),
                inForce.holds(),
                inForce.rejections(),
                approvals,
                inForce.freezes()));
  }

  private boolean isSpent(Approval approval) {
    Optional<Release> release = state.release(approval.release());
    return current(approval.environment())
        .filter(
            current ->
                release.map(r -> !r.createdAt().isAfter(current.releaseCreatedAt())).orElse(true))
        .isPresent();
  }

  /**
   * Applies everything the planner would do now, and returns the plan that explains why it does
   * nothing more.
   */
  Plan settle(Instant now) {
    Plan plan = informedPlan(now);
    while (!plan.isEmpty()) {
      plan.actions().forEach(action -> apply(action, now));
      state = state.asSeen();
      plan = informedPlan(now);
    }
    return plan;
  }

  private void apply(Action action, Instant now) {
    if (action instanceof Action.RecordDeployment recorded) {
      made.add(
          new Made(
              recorded.to().environment(), recorded.release(), now, recorded.source().isEmpty()));
    }
    state = state.after(action, now);
  }

  private Plan informedPlan(Instant now) {
    var informed =
        planner.plan(desired, state.answering(Map.of()), new ReplayAnswers(state, now), now);
    state = informed.observed();
    return informed.plan();
  }

  private List<DeployedRelease> history(EnvironmentId environment) {
    return state.environment(environment).head().map(EnvironmentHead::history).orElse(List.of());
  }

  /**
   * Every release that could be promoted to an environment next, newest first, with its current
   * verdicts. The plan shows the newest only; an older one may be the first to pass its gates.
   *
   * @param settled the plan without further actions
   */
  List<CandidateExplanation> waiting(DesiredEnvironment environment, Plan settled, Instant now) {
    Optional<PromotionPolicy> policy = environment.promotion();
    var explained = Optional.ofNullable(settled.environments().get(environment.id()));
    if (policy.isEmpty() || explained.isEmpty()) {
      return List.of();
    }
    Set<ReleaseId> skipped =
        explained.get().skipped().stream().map(it -> it.release().id()).collect(Collectors.toSet());
    Candidates candidates = Candidates.of(policy.get().from(), environment.id(), state, now);
    return EligibleReleases.of(policy.get().from(), state).stream()
        .filter(eligible -> isNewerThanCurrent(eligible.release(), environment.id()))
        .filter(eligible -> !skipped.contains(eligible.release().id()))
        .map(
            eligible ->
                new CandidateExplanation(
                    eligible.release(),
                    policy.get().judge(candidates.of(eligible)),
                    Optional.empty()))
        .toList();
  }

  boolean isNewerThanCurrent(Release release, EnvironmentId environment) {
    return current(environment).map(release::newerThan).orElse(true);
  }

  Optional<DeployedRelease> current(EnvironmentId environment) {
    return state.environment(environment).head().flatMap(EnvironmentHead::current);
  }

  /** All deployments of the replay, in order. */
  List<Made> made() {
    return Collections.unmodifiableList(made);
  }

  /** The releases that an environment still names, and those that labels offer. */
  private Map<ReleaseId, Release> needed() {
    var needed = new HashMap<ReleaseId, Release>();
    chains.values().forEach(chain -> chain.forEach(release -> needed.put(release.id(), release)));
    for (EnvironmentId environment : state.environments().keySet()) {
      history(environment).stream()
          .flatMap(deployed -> state.release(deployed.release()).stream())
          .forEach(release -> needed.put(release.id(), release));
    }
    return needed;
  }
}
