package dev.onward.web.api.view;

import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.policy.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The release that goes next, or would if its verdicts let it.
 *
 * @param changes what differs from the release that is deployed
 * @param verdicts every gate's, in their fixed order
 */
record CandidateView(ReleaseBrief release, List<Change> changes, List<VerdictView> verdicts) {

  static Optional<CandidateView> of(EnvironmentExplanation it) {
    ImageSet deployed = it.currentRelease().map(Release::images).orElse(ImageSet.EMPTY);
    return it.candidate()
        .map(
            candidate ->
                new CandidateView(
                    ReleaseBrief.of(candidate.release()),
                    Change.between(deployed, candidate.release().images()),
                    candidate.verdicts().stream().map(VerdictView::of).toList()));
  }

  /**
   * One service's image before and after.
   *
   * @param from absent for a service that is new
   * @param to absent for a service that is gone
   */
  record Change(String service, Optional<String> from, Optional<String> to) {
    static List<Change> between(ImageSet before, ImageSet after) {
      return after.changedFrom(before).stream().map(service -> of(service, before, after)).toList();
    }

    private static Change of(ServiceId service, ImageSet before, ImageSet after) {
      return new Change(
          service.value(),
          before.image(service).map(ImageRef::value),
          after.image(service).map(ImageRef::value));
    }
  }

  /**
   * What a gate says.
   *
   * @param nextEvaluationAt when it may say something else without anybody doing anything, where
   *     known
   */
  record VerdictView(
      String gate, boolean passed, String reason, Optional<Instant> nextEvaluationAt) {
    static VerdictView of(Verdict verdict) {
      return switch (verdict) {
        case Verdict.Passed(String gate, String reason) ->
            new VerdictView(gate, true, reason, Optional.empty());
        case Verdict.Held(String gate, String reason, Optional<Instant> lookAgain) ->
            new VerdictView(gate, false, reason, lookAgain);
      };
    }
  }
}
