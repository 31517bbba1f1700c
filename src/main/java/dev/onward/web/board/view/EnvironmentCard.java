package dev.onward.web.board.view;

import dev.onward.model.ServiceId;
import dev.onward.model.intervention.Approval;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Freeze;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.ObservedEnvironment;
import dev.onward.plan.ObservedState;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.GateType;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.status.ProjectStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An environment on its project's page: what is there, what could come next, what every gate says.
 *
 * @param from where it takes its releases from, and how; empty without a policy
 * @param decidedBy whose decision the current deployment was
 */
record EnvironmentCard(
    EnvironmentSummary summary,
    String from,
    Optional<ReleaseLink> current,
    String decidedBy,
    Optional<Next> next,
    List<Skipped> skipped,
    List<Drift> drift,
    List<String> unmanaged,
    Optional<Said> hold,
    Optional<Said> rejection,
    List<FreezeNote> freezes,
    boolean hasHistory) {

  /**
   * The release that goes next, or would.
   *
   * @param waitsForApproval whether one more approval is wanted
   * @param approved whether whoever looks has approved it
   */
  record Next(
      ReleaseLink release,
      boolean waitsForApproval,
      boolean approved,
      List<GateLine> gates,
      List<ImageChange> changes,
      Optional<RelativeTime> readyAt) {}

  /** What a gate says. */
  record GateLine(
      String gate, boolean passed, String reason, Optional<RelativeTime> nextEvaluation) {
    static GateLine of(Verdict verdict, Instant now) {
      return switch (verdict) {
        case Verdict.Passed(String gate, String reason) ->
            new GateLine(gate.replace('_', ' '), true, reason, Optional.empty());
        case Verdict.Held(String gate, String reason, Optional<Instant> nextEvaluation) ->
            new GateLine(
                gate.replace('_', ' '), false, reason, RelativeTime.of(nextEvaluation, now));
      };
    }
  }

  /** A release that is not considered. */
  record Skipped(ReleaseLink release, String reason) {}

  /** A parameter that is not as deployed. */
  record Drift(String service, String expected, String found) {}

  /** Something that somebody said. */
  record Said(String by, RelativeTime at, String reason, Optional<RelativeTime> until) {
    static Said of(Attribution it, Instant now) {
      return new Said(
          it.by().name(),
          RelativeTime.of(it.at(), now),
          it.reason(),
          RelativeTime.of(it.until(), now));
    }
  }

  /**
   * A freeze that operators set.
   *
   * @param of what is frozen: everything, the project or the environment
   * @param lift where it is lifted
   */
  record FreezeNote(
      String of, String lift, boolean inForce, Optional<RelativeTime> from, Said set) {}

  /**
   * As it is for whoever looks.
   *
   * @param looker their id: an approval is withdrawn only by whoever gave it
   */
  static EnvironmentCard of(
      ProjectStatus status, DesiredEnvironment desired, String looker, Instant now) {
    Optional<EnvironmentExplanation> it = status.explanation(desired.id());
    Optional<ObservedState> observed = status.seen().map(ProjectStatus.Seen::observed);
    return new EnvironmentCard(
        EnvironmentSummary.of(status, desired, now),
        desired.promotion().map(EnvironmentCard::from).orElse(""),
        it.flatMap(EnvironmentExplanation::currentRelease)
            .map(release -> ReleaseLink.of(release, now)),
        it.flatMap(EnvironmentExplanation::current)
            .map(DeployedRelease::origin)
            .map(EnvironmentCard::decidedBy)
            .orElse(""),
        it.flatMap(explained -> next(explained, observed, looker, now)),
        it.stream()
            .flatMap(explained -> explained.skipped().stream())
            .map(skip -> new Skipped(ReleaseLink.of(skip.release(), now), skip.reason()))
            .toList(),
        it.map(EnvironmentCard::drift).orElse(List.of()),
        it.stream().flatMap(found -> found.unmanaged().stream()).map(ServiceId::value).toList(),
        observed
            .flatMap(seen -> seen.interventions().hold(desired.id(), now))
            .map(attribution -> Said.of(attribution, now)),
        it.flatMap(EnvironmentExplanation::rejection)
            .filter(attribution -> attribution.isInForce(now))
            .map(attribution -> Said.of(attribution, now)),
        observed.stream().flatMap(seen -> freezes(status, seen, desired, now)).toList(),
        observed
            .flatMap(seen -> Optional.ofNullable(seen.environments().get(desired.id())))
            .flatMap(ObservedEnvironment::head)
            .filter(head -> head.history().size() > 1)
            .isPresent());
  }

  private static String from(PromotionPolicy policy) {
    return switch (policy.mode()) {
      case AUTO -> "takes releases from %s by itself".formatted(policy.from().value());
      case MANUAL ->
          "takes releases from %s when a person deploys".formatted(policy.from().value());
    };
  }

  static String decidedBy(DeploymentOrigin origin) {
    return switch (origin) {
      case AUTOMATION -> "by automation";
      case PERSON -> "by a person";
      case ADOPTED -> "by a person, with the older tool";
      case FIRST_SIGHT -> "before Onward first looked";
    };
  }

  private static Optional<Next> next(
      EnvironmentExplanation it, Optional<ObservedState> observed, String looker, Instant now) {
    ImageSet deployed = it.currentRelease().map(Release::images).orElse(ImageSet.EMPTY);
    return it.candidate()
        .map(
            candidate ->
                new Next(
                    ReleaseLink.of(candidate.release(), now),
                    candidate.verdicts().stream()
                        .anyMatch(
                            verdict ->
                                !verdict.passed()
                                    && verdict.gate().equals(GateType.APPROVALS.key())),
                    isApproved(it, candidate.release(), observed, looker, now),
                    candidate.verdicts().stream()
                        .map(verdict -> GateLine.of(verdict, now))
                        .toList(),
                    ImageChange.between(deployed, candidate.release().images()),
                    RelativeTime.of(candidate.readyAt(), now)));
  }

  private static boolean isApproved(
      EnvironmentExplanation it,
      Release release,
      Optional<ObservedState> observed,
      String looker,
      Instant now) {
    return observed.stream()
        .flatMap(seen -> seen.interventions().approvals(release.id(), it.environment()).stream())
        .map(Approval::given)
        .anyMatch(given -> given.isInForce(now) && given.by().id().equals(looker));
  }

  /** Until all was written once, what differs is only on its way. */
  private static List<Drift> drift(EnvironmentExplanation it) {
    return it.converged()
        ? it.drift().stream()
            .map(
                drifted ->
                    new Drift(
                        drifted.service().value(),
                        drifted.expected().value(),
                        drifted.found().orElse("nothing")))
            .toList()
        : List.of();
  }

  private static Stream<FreezeNote> freezes(
      ProjectStatus status, ObservedState seen, DesiredEnvironment environment, Instant now) {
    String project = "/projects/%s/act/unfreeze".formatted(status.desired().project());
    return Stream.concat(
        seen.globalInterventions().freezes(environment.id(), now).stream()
            .map(freeze -> note(freeze, "everything", "/act/unfreeze?id=" + freeze.id(), now)),
        seen.interventions().freezes(environment.id(), now).stream()
            .map(freeze -> ofProject(freeze, project, now)));
  }

  private static FreezeNote ofProject(Freeze freeze, String project, Instant now) {
    return freeze
        .environment()
        .map(
            id ->
                note(
                    freeze,
                    "environment",
                    "%s?environment=%s&id=%s".formatted(project, id, freeze.id()),
                    now))
        .orElseGet(() -> note(freeze, "project", project + "?id=" + freeze.id(), now));
  }

  private static FreezeNote note(Freeze freeze, String of, String lift, Instant now) {
    return new FreezeNote(
        of,
        lift,
        freeze.isInForce(now),
        RelativeTime.of(freeze.from(), now),
        Said.of(freeze.set(), now));
  }
}
