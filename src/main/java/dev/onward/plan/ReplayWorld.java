package dev.onward.plan;

import dev.onward.model.Approval;
import dev.onward.model.DeployedRelease;
import dev.onward.model.Deployment;
import dev.onward.model.EnvironmentHead;
import dev.onward.model.EnvironmentId;
import dev.onward.model.ImageSet;
import dev.onward.model.Intervention;
import dev.onward.model.Interventions;
import dev.onward.model.Label;
import dev.onward.model.LabelHead;
import dev.onward.model.Origin;
import dev.onward.model.Release;
import dev.onward.model.ReleaseId;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.plan.EnvironmentExplanation.CandidateExplanation;
import dev.onward.plan.ReplayHistory.Recorded;
import dev.onward.policy.Answer;
import dev.onward.policy.PromotionPolicy;
import dev.onward.policy.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The project as it would be, at a moment that only moves forward. Every watched label's parameters
 * are always those of its newest release, so that the planner never cuts one of its own.
 */
final class ReplayWorld {
  /** How far back a label's chain is offered: as far as a running Onward follows it. */
  static final int CHAIN_LIMIT = 200;

  private final DesiredState desired;
  private final Planner planner = new Planner(Duration.ZERO);
  private final Map<Label, Deque<Release>> chains = new HashMap<>();
  private final List<Made> made = new ArrayList<>();
  private ObservedState state;

  /** A deployment of the replay. */
  record Made(EnvironmentId environment, Release release, Instant at, boolean byPerson) {}

  /**
   * As the deployments recorded before the given moment left it: converged, without drift, and with
   * no person's word in the way.
   */
  ReplayWorld(DesiredState desired, ReplayHistory history, Instant from) {
    this.desired = desired;
    var releases = new HashMap<ReleaseId, Release>();
    var environments = new TreeMap<EnvironmentId, ObservedEnvironment>();
    for (DesiredEnvironment environment : desired.environments()) {
      List<Recorded> before =
          history.deploymentsTo(environment.id()).stream()
              .filter(recorded -> recorded.at().isBefore(from))
              .toList();
      before.forEach(recorded -> releases.put(recorded.release().id(), recorded.release()));
      environments.put(environment.id(), environment(environment.id(), before));
    }
    var labels = new TreeMap<Label, ObservedLabel>();
    for (Label label : desired.watchedLabels()) {
      chains.put(label, new ArrayDeque<>());
      labels.put(label, label(new TreeMap<>(), Optional.empty(), from));
    }
    state =
        new ObservedState(
            labels,
            environments,
            releases,
            new TreeMap<>(),
            List.of(),
            Interventions.NONE,
            Interventions.NONE,
            Map.of());
    history.releases().stream()
        .filter(release -> release.createdAt().isBefore(from))
        .forEach(this::appear);
  }

  /** A build is published and its release cut. */
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
        label(
            parameters(release.images(), release.createdAt()),
            Optional.of(head),
            release.createdAt()));
    state =
        new ObservedState(
            labels,
            state.environments(),
            needed(),
            state.otherLabels(),
            state.strays(),
            state.everywhere(),
            state.interventions(),
            state.answers());
  }

  /** A person deploys through Onward, whatever the policy says. */
  void deployByPerson(Recorded recorded, Instant now) {
    Release release = recorded.release();
    ObservedEnvironment seen = state.environment(recorded.environment());
    EnvironmentHead from = seen.head().orElseThrow();
    Deployment deployment = recorded.deployment();
    var deployed =
        new DeployedRelease(release.id(), release.createdAt(), deployment.id(), now, Origin.PERSON);
    state = state.withRelease(release);
    apply(
        new Action.RecordDeployment(
            release,
            deployment,
            Optional.empty(),
            Optional.empty(),
            from,
            from.deployed(deployed, Steadiness.of(seen, state))),
        now);
  }

  /** As many people as the policy asks for approve the release. */
  void approve(ReleaseId release, EnvironmentId environment, int count, Instant now) {
    Interventions standing = state.interventions().without(this::isSpent);
    var approvals = new ArrayList<>(standing.approvals());
    for (int i = 1; i <= count; i++) {
      var person = new Requester("replay-" + i, "person " + i);
      approvals.add(
          new Approval(
              release,
              environment,
              new Intervention(person, now, "assumed by the replay", Optional.empty())));
    }
    state =
        state.withInterventions(
            new Interventions(
                standing.version() + 1,
                standing.stop(),
                standing.holds(),
                standing.rejections(),
                approvals,
                standing.freezes()));
  }

  private boolean isSpent(Approval approval) {
    Optional<Release> release = state.release(approval.release());
    return current(approval.environment())
        .filter(
            current ->
                release.map(r -> !r.createdAt().isAfter(current.releaseCreatedAt())).orElse(true))
        .isPresent();
  }

  /** Lets the planner do all it would do now, and says why it does nothing more. */
  Plan settle(Instant now) {
    Plan plan = informedPlan(now);
    while (!plan.isEmpty()) {
      plan.actions().forEach(action -> apply(action, now));
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
    state = state.after(action, now).asSeen();
  }

  /** Answers what gates ask until nothing new is asked: an answer may lead to another question. */
  private Plan informedPlan(Instant now) {
    state = state.answering(Map.of());
    Plan plan = planner.plan(desired, state, now);
    for (int i = 0; i <= desired.environments().size() && !isAnswered(plan); i++) {
      state = state.answering(answers(plan.questions(), now));
      plan = planner.plan(desired, state, now);
    }
    return plan;
  }

  private boolean isAnswered(Plan plan) {
    return state.answers().keySet().containsAll(plan.questions());
  }

  private Map<Question, Answer> answers(Set<Question> questions, Instant now) {
    var answers = new HashMap<Question, Answer>();
    for (Question question : questions) {
      answers.put(
          question,
          switch (question) {
            case Question.CalendarState _ -> new Answer.Calendar(true, Optional.empty());
            case Question.CheckPasses check -> check(check.source(), check.release(), now);
          });
    }
    return answers;
  }

  /** It passed for as long as the release was there, which is how long anybody looked. */
  private Answer check(EnvironmentId source, ReleaseId release, Instant now) {
    Instant end = now;
    for (DeployedRelease deployed : history(source).reversed()) {
      if (deployed.release().equals(release)) {
        return new Answer.Check(Optional.of(deployed.deployedAt()), end, "assumed by the replay");
      }
      end = deployed.deployedAt();
    }
    return new Answer.Unknown("it never was in %s".formatted(source));
  }

  private List<DeployedRelease> history(EnvironmentId environment) {
    return state.environment(environment).head().map(EnvironmentHead::history).orElse(List.of());
  }

  /**
   * Every release that could go to an environment next, newest first, with its verdicts now. The
   * plan itself shows the newest alone; an older one may be the first that its gates let go.
   *
   * @param settled the plan that does nothing more
   */
  List<CandidateExplanation> waiting(DesiredEnvironment environment, Plan settled, Instant now) {
    Optional<PromotionPolicy> policy = environment.promotion();
    var explained = Optional.ofNullable(settled.environments().get(environment.id()));
    if (policy.isEmpty() || explained.isEmpty()) {
      return List.of();
    }
    List<ReleaseId> skipped =
        explained.get().skipped().stream().map(it -> it.release().id()).toList();
    return Offers.of(policy.get().from(), state).stream()
        .filter(offer -> isNewerThanCurrent(offer.release(), environment.id()))
        .filter(offer -> !skipped.contains(offer.release().id()))
        .map(
            offer ->
                new CandidateExplanation(
                    offer.release(),
                    policy
                        .get()
                        .judge(
                            Promotion.candidate(
                                offer, policy.get().from(), environment.id(), state, now)),
                    Optional.empty()))
        .toList();
  }

  boolean isNewerThanCurrent(Release release, EnvironmentId environment) {
    return current(environment)
        .map(
            current -> {
              int byDate = release.createdAt().compareTo(current.releaseCreatedAt());
              return byDate > 0 || (byDate == 0 && release.id().compareTo(current.release()) > 0);
            })
        .orElse(true);
  }

  Optional<DeployedRelease> current(EnvironmentId environment) {
    return state.environment(environment).head().flatMap(EnvironmentHead::current);
  }

  /** All deployments of the replay, in their order. */
  List<Made> made() {
    return List.copyOf(made);
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

  private static ObservedEnvironment environment(EnvironmentId id, List<Recorded> before) {
    var history = new ArrayList<DeployedRelease>();
    for (int i = 0; i < before.size(); i++) {
      Recorded recorded = before.get(i);
      boolean current = i == before.size() - 1;
      history.add(
          new DeployedRelease(
              recorded.release().id(),
              recorded.release().createdAt(),
              recorded.deployment().id(),
              recorded.at(),
              Origin.AUTOMATION,
              current ? Optional.empty() : Optional.of(recorded.at())));
    }
    SortedMap<ServiceId, ObservedParameter> parameters =
        before.isEmpty()
            ? new TreeMap<>()
            : parameters(before.getLast().release().images(), before.getLast().at());
    var head =
        new EnvironmentHead(
            id, 1 + before.size(), true, history, Optional.empty(), Optional.empty());
    return new ObservedEnvironment(
        parameters, Optional.of(head), Optional.empty(), true, Duration.ZERO, Duration.ZERO);
  }

  private static ObservedLabel label(
      SortedMap<ServiceId, ObservedParameter> parameters, Optional<LabelHead> head, Instant asOf) {
    return new ObservedLabel(
        parameters, asOf, head, Optional.empty(), Duration.ZERO, Optional.empty(), Map.of());
  }

  private static SortedMap<ServiceId, ObservedParameter> parameters(
      ImageSet images, Instant modified) {
    var parameters = new TreeMap<ServiceId, ObservedParameter>();
    images
        .images()
        .forEach(
            (service, image) ->
                parameters.put(
                    service,
                    new ObservedParameter(
                        service, new ObservedParameter.Value.Image(image), 1, modified)));
    return parameters;
  }
}
