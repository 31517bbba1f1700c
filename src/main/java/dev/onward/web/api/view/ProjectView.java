package dev.onward.web.api.view;

import dev.onward.model.ServiceId;
import dev.onward.plan.LabelExplanation;
import dev.onward.plan.Words;
import dev.onward.policy.ReleasePolicy;
import dev.onward.status.ProjectStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A project: how its releases come about, where its labels and environments stand.
 *
 * @param stop whoever stopped the project, or everything
 * @param interventions what operators have said of the project
 * @param labels those that are watched; none until Onward has looked
 * @param strayParameters parameters under the project's images path that name no service
 * @param manifest what is wrong or odd in its manifest, and whether that is in force
 */
public record ProjectView(
    String id,
    String name,
    Optional<AttributionView> stop,
    InterventionsView interventions,
    Releases releasePolicy,
    List<LabelView> labels,
    List<EnvironmentBrief> environments,
    List<String> strayParameters,
    CycleView cycles,
    ManifestView manifest) {

  public static ProjectView of(ProjectStatus status, ManifestView manifest, Instant now) {
    return new ProjectView(
        status.desired().project().value(),
        status.desired().name(),
        status.seen().flatMap(seen -> seen.observed().stop(now)).map(AttributionView::of),
        InterventionsView.of(status, now),
        Releases.of(status.desired().releases()),
        status.seen().stream()
            .flatMap(seen -> seen.plan().labels().values().stream())
            .map(LabelView::of)
            .toList(),
        EnvironmentBrief.allOf(status),
        status.seen().map(seen -> seen.observed().unrecognized()).orElse(List.of()),
        CycleView.of(status),
        manifest);
  }

  /**
   * When the images under a label become a release.
   *
   * @param services those that must all be there
   */
  record Releases(
      String fromLabel, double quietPeriodSeconds, double maxWaitSeconds, List<String> services) {
    private static Releases of(ReleasePolicy policy) {
      return new Releases(
          policy.fromLabel().value(),
          policy.quietPeriod().toMillis() / 1e3,
          policy.maxWait().toMillis() / 1e3,
          policy.services().stream().map(ServiceId::value).toList());
    }
  }

  /**
   * A watched label.
   *
   * @param state {@code released}, {@code cutting}, {@code stopped}, {@code settling}, {@code
   *     waiting}, {@code empty} or {@code refused}
   * @param reasons the same in sentences
   * @param newestRelease the last one that was cut from it
   */
  record LabelView(
      String id,
      String state,
      List<String> reasons,
      Optional<ReleaseBrief> newestRelease,
      Optional<Instant> nextEvaluationAt) {
    private static LabelView of(LabelExplanation it) {
      return new LabelView(
          it.label().value(),
          Words.of(it.state()),
          it.reasons(),
          it.newest().map(ReleaseBrief::of),
          it.nextEvaluation());
    }
  }
}
