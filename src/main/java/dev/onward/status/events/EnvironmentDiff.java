package dev.onward.status.events;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Requester;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.Action;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.EnvironmentExplanation.CandidateExplanation;
import dev.onward.plan.EnvironmentExplanation.Drifted;
import dev.onward.plan.SourceSync;
import dev.onward.plan.Words;
import dev.onward.policy.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The differences of one environment. */
final class EnvironmentDiff {
  /**
   * Values that count down or are measured anew in every cycle: a change of these alone is no
   * event.
   */
  private static final Pattern FLEETING = Pattern.compile("\\d+ (d|h|min|s)\\b|\\d+\\.\\d+");

  private final List<Action> done;
  private final Collection<Deployment> byPersons;

  /**
   * @param done what this process did in the cycle
   * @param byPersons deployments by people since the previous cycle
   */
  EnvironmentDiff(List<Action> done, Collection<Deployment> byPersons) {
    this.done = done;
    this.byPersons = byPersons;
  }

  /**
   * @param before absent on first observation
   * @param known whether the project was observed before, so that the environment is new to it
   */
  List<EventDraft> between(
      Optional<EnvironmentExplanation> before, EnvironmentExplanation after, boolean known) {
    var events = new ArrayList<EventDraft>();
    boolean moved =
        before
            .map(was -> !was.current().equals(after.current()))
            .orElseGet(() -> did(after.environment(), EnvironmentDiff::isDeployment));
    if (moved) {
      after.current().ifPresent(now -> events.add(deployment(before, after, now)));
    }
    if (after.converged()
        && after.current().isPresent()
        && hasJustConverged(before, after, moved)) {
      events.add(
          EventDraft.of(StatusEvent.Type.CONVERGED, after.environment())
              .with("release", after.current().orElseThrow().release().value()));
    }
    drift(before, after).ifPresent(events::add);
    if (known && !before.map(EnvironmentDiff::look).equals(Optional.of(look(after)))) {
      events.add(inForce(after));
    }
    return events;
  }

  private boolean hasJustConverged(
      Optional<EnvironmentExplanation> before, EnvironmentExplanation after, boolean moved) {
    return moved
        || before
            .map(was -> !was.converged())
            .orElseGet(() -> did(after.environment(), Action.ConvergeParameters.class::isInstance));
  }

  private boolean did(EnvironmentId environment, Predicate<Action> what) {
    return done.stream().anyMatch(it -> it.target().equals(environment) && what.test(it));
  }

  private static boolean isDeployment(Action action) {
    return action instanceof Action.RecordDeployment || action instanceof Action.AdoptDeployment;
  }

  private EventDraft deployment(
      Optional<EnvironmentExplanation> before, EnvironmentExplanation after, DeployedRelease now) {
    EventDraft event =
        EventDraft.of(StatusEvent.Type.DEPLOYMENT, after.environment())
            .with("from", before.flatMap(EnvironmentExplanation::current).map(EnvironmentDiff::id))
            .with("to", id(now))
            .with("origin", now.origin().word())
            .with("deployed_at", now.deployedAt().toString());
    return by(after.environment(), now).map(event::by).orElse(event);
  }

  /** For another replica's deployment the requester is known only if it was automation. */
  private Optional<Requester> by(EnvironmentId environment, DeployedRelease now) {
    Stream<Deployment> here =
        done.stream()
            .filter(action -> action.target().equals(environment))
            .flatMap(EnvironmentDiff::deploymentOf);
    return Stream.concat(here, byPersons.stream())
        .filter(it -> it.environment().equals(environment) && it.id().equals(now.deploymentId()))
        .map(Deployment::requestedBy)
        .findFirst()
        .or(
            () ->
                now.origin() == DeploymentOrigin.AUTOMATION
                    ? Optional.of(Requester.ONWARD)
                    : Optional.empty());
  }

  private static Stream<Deployment> deploymentOf(Action action) {
    return switch (action) {
      case Action.RecordDeployment recorded -> Stream.of(recorded.deployment());
      case Action.AdoptDeployment adopt -> Stream.of(adopt.adopted().deployment());
      case Action.CutRelease _, Action.InitialiseEnvironment _, Action.ConvergeParameters _ ->
          Stream.empty();
    };
  }

  private static String id(DeployedRelease deployed) {
    return deployed.release().value();
  }

  private static Optional<EventDraft> drift(
      Optional<EnvironmentExplanation> before, EnvironmentExplanation after) {
    List<Drifted> was = before.map(EnvironmentDiff::settledDrift).orElse(List.of());
    List<Drifted> is = settledDrift(after);
    return is.equals(was)
        ? Optional.empty()
        : Optional.of(
            EventDraft.of(StatusEvent.Type.DRIFT, after.environment())
                .with("services", is.stream().map(it -> it.service().value()).toList()));
  }

  /** Differences while parameters are still being written are not drift yet. */
  private static List<Drifted> settledDrift(EnvironmentExplanation it) {
    return it.converged() ? it.drift() : List.of();
  }

  private static EventDraft inForce(EnvironmentExplanation it) {
    return EventDraft.of(StatusEvent.Type.ENVIRONMENT, it.environment())
        .with("state", Words.of(it.state()))
        .with("summary", it.summary())
        .with("sync", it.sync().map(sync -> Words.of(sync.status())))
        .with("release", it.current().map(EnvironmentDiff::id))
        .with("candidate", it.candidate().map(candidate -> candidate.release().id().value()))
        .with("verdicts", it.candidate().map(EnvironmentDiff::verdicts));
  }

  private static List<Map<String, Object>> verdicts(CandidateExplanation candidate) {
    return candidate.verdicts().stream()
        .map(
            verdict ->
                Map.<String, Object>of(
                    "gate", verdict.gate(), "passed", verdict.passed(), "reason", verdict.reason()))
        .toList();
  }

  /** The properties whose change is an event. */
  private record Look(
      EnvironmentExplanation.State state,
      Optional<SourceSync> sync,
      String summary,
      Optional<ReleaseId> current,
      Optional<ReleaseId> candidate,
      List<Said> verdicts,
      int releasesBehind,
      boolean rejected) {}

  private record Said(String gate, boolean passed, String reason) {
    static Said of(Verdict verdict) {
      return new Said(verdict.gate(), verdict.passed(), lasting(verdict.reason()));
    }
  }

  private static Look look(EnvironmentExplanation it) {
    return new Look(
        it.state(),
        it.sync(),
        lasting(it.summary()),
        it.current().map(DeployedRelease::release),
        it.candidate().map(candidate -> candidate.release().id()),
        it.candidate().stream()
            .flatMap(candidate -> candidate.verdicts().stream())
            .map(Said::of)
            .toList(),
        it.behind().releases(),
        it.rejection().isPresent());
  }

  private static String lasting(String sentence) {
    return FLEETING.matcher(sentence).replaceAll("");
  }
}
