package dev.onward.web.api.view;

import dev.onward.model.release.Release;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.Words;
import dev.onward.plan.command.Preview;
import dev.onward.web.api.view.CandidateView.Change;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What comes of it: its own effect, and what automation makes of it.
 *
 * @param deployments in their order; without those that automation would make anyway
 * @param repairs the environments whose parameters would be repaired, without a deployment; without
 *     those that automation would repair anyway
 * @param environments where each would stand then
 */
@Schema(name = "Preview")
record PreviewView(List<Step> deployments, List<Repair> repairs, List<Standing> environments) {
  static PreviewView of(Preview preview) {
    return new PreviewView(
        preview.deployments().stream().map(Step::of).toList(),
        preview.repairs().stream().map(Repair::of).toList(),
        preview.after().environments().values().stream().map(Standing::of).toList());
  }

  /**
   * One deployment.
   *
   * @param by {@code person} if it is what was asked for, or {@code automation}
   * @param from the id of the release that is there now, if any
   * @param to the id of the release that would be there
   * @param changes of the parameters, as they are now
   */
  @Schema(name = "PreviewedDeployment")
  record Step(
      String environment, String by, Optional<String> from, String to, List<Change> changes) {
    private static Step of(Preview.Step it) {
      return new Step(
          it.environment().value(),
          it.byPerson() ? "person" : "automation",
          it.from().map(Release::id).map(id -> id.value()),
          it.to().id().value(),
          Change.between(it.before(), it.to().images()));
    }
  }

  /**
   * One repair.
   *
   * @param by as of a deployment
   * @param release the id of the release that the parameters would be made to match
   */
  @Schema(name = "PreviewedRepair")
  record Repair(String environment, String by, String release, List<Change> changes) {
    private static Repair of(Preview.Repair it) {
      return new Repair(
          it.environment().value(),
          it.byPerson() ? "person" : "automation",
          it.release().id().value(),
          it.written().stream()
              .map(
                  drifted ->
                      new Change(
                          drifted.service().value(),
                          drifted.found(),
                          Optional.of(drifted.expected().value())))
              .toList());
    }
  }

  /** An environment afterwards, in a word and in a sentence. */
  @Schema(name = "PreviewedEnvironment")
  record Standing(String id, String state, String summary) {
    private static Standing of(EnvironmentExplanation it) {
      return new Standing(it.environment().value(), Words.of(it.state()), it.summary());
    }
  }
}
