package dev.onward.web.api.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.onward.model.ServiceId;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.EnvironmentExplanation.Drifted;
import dev.onward.plan.ObservedState;
import dev.onward.status.ProjectStatus;
import dev.onward.web.api.view.CandidateView.VerdictView;
import dev.onward.web.api.view.InterventionsView.FreezeView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is in an environment, what could come next, and why it does not.
 *
 * @param nextEvaluationAt when the answer may change without anybody doing anything, where known
 * @param stop whoever stopped the project, or everything
 * @param hold whoever holds the environment
 * @param freezes those that operators set for it, in force or to come; the manifest's are in {@code
 *     held_by}
 * @param rejection whoever rejected the release that is deployed here
 * @param policy absent where nothing is promoted automatically
 * @param heldBy the gates that hold the candidate; while there is none, the stops, holds and
 *     freezes that would hold whatever came
 * @param current the deployment in force
 * @param candidate the release that goes next, or would if its verdicts let it
 * @param skipped releases that will not be considered, each with its reason
 * @param converged whether the parameters were once all as deployed
 * @param drift parameters that are not as deployed
 * @param unnamedServices those with a parameter here that the deployed release does not name
 */
public record EnvironmentView(
    String project,
    @JsonUnwrapped EnvironmentBrief brief,
    Optional<Instant> nextEvaluationAt,
    Optional<AttributionView> stop,
    Optional<AttributionView> hold,
    List<FreezeView> freezes,
    Optional<AttributionView> rejection,
    Optional<PolicyView> policy,
    List<VerdictView> heldBy,
    Optional<DeployedView> current,
    Optional<CandidateView> candidate,
    List<Skipped> skipped,
    boolean converged,
    List<Drift> drift,
    List<String> unnamedServices,
    CycleView cycles) {

  public static EnvironmentView of(ProjectStatus status, DesiredEnvironment desired, Instant now) {
    Optional<EnvironmentExplanation> explained = status.explanation(desired.id());
    Optional<ObservedState> observed = status.seen().map(ProjectStatus.Seen::observed);
    return new EnvironmentView(
        status.desired().project().value(),
        EnvironmentBrief.of(status, desired),
        explained.flatMap(EnvironmentExplanation::nextEvaluation),
        observed.flatMap(seen -> seen.stop(now)).map(AttributionView::of),
        observed
            .flatMap(seen -> seen.interventions().hold(desired.id(), now))
            .map(AttributionView::of),
        observed.stream().flatMap(seen -> freezes(seen, desired, now)).toList(),
        explained
            .flatMap(EnvironmentExplanation::rejection)
            .filter(said -> said.isInForce(now))
            .map(AttributionView::of),
        desired.promotion().map(PolicyView::of),
        explained.stream().flatMap(it -> it.held().stream()).map(VerdictView::of).toList(),
        explained.flatMap(DeployedView::of),
        explained.flatMap(CandidateView::of),
        explained.map(Skipped::of).orElse(List.of()),
        explained.map(EnvironmentExplanation::converged).orElse(false),
        explained.map(Drift::of).orElse(List.of()),
        explained.stream().flatMap(it -> it.unmanaged().stream()).map(ServiceId::value).toList(),
        CycleView.of(status));
  }

  private static Stream<FreezeView> freezes(
      ObservedState seen, DesiredEnvironment environment, Instant now) {
    return Stream.of(seen.globalInterventions(), seen.interventions())
        .flatMap(said -> said.freezes(environment.id(), now).stream())
        .map(FreezeView::of);
  }

  /** A release of the source that is not considered. */
  record Skipped(ReleaseBrief release, String reason) {
    private static List<Skipped> of(EnvironmentExplanation it) {
      return it.skipped().stream()
          .map(skipped -> new Skipped(ReleaseBrief.of(skipped.release()), skipped.reason()))
          .toList();
    }
  }

  /**
   * A parameter that is not as deployed.
   *
   * @param found what is there, in words; absent if there is none
   */
  record Drift(String service, String expected, Optional<String> found) {
    private static List<Drift> of(EnvironmentExplanation it) {
      return it.drift().stream().map(Drift::of).toList();
    }

    private static Drift of(Drifted drifted) {
      return new Drift(drifted.service().value(), drifted.expected().value(), drifted.found());
    }
  }
}
