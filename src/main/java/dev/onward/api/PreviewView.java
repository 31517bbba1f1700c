package dev.onward.api;

import dev.onward.api.CandidateView.Change;
import dev.onward.model.Release;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.Preview;
import dev.onward.plan.Words;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What comes of it: its own effect, and what automation makes of it.
 *
 * @param deployments in their order; without those that automation would make anyway
 * @param environments where each would stand then
 */
@Schema(name = "Preview")
record PreviewView(List<Step> deployments, List<Standing> environments) {
  static PreviewView of(Preview preview) {
    return new PreviewView(
        preview.deployments().stream().map(Step::of).toList(),
        preview.after().environments().values().stream().map(Standing::of).toList());
  }

  /**
   * One deployment.
   *
   * @param by {@code person} if it is what was asked for, or {@code automation}
   * @param from the id of the release that is there now, if any
   * @param to the id of the release that would be there
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

  /** An environment afterwards, in a word and in a sentence. */
  @Schema(name = "PreviewedEnvironment")
  record Standing(String id, String state, String summary) {
    private static Standing of(EnvironmentExplanation it) {
      return new Standing(it.environment().value(), Words.of(it.state()), it.summary());
    }
  }
}
