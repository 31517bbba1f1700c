package dev.onward.web.api.view;

import dev.onward.plan.LabelExplanation;
import dev.onward.plan.Words;
import dev.onward.status.ProjectStatus;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A project at a glance.
 *
 * @param labels those that are watched; none until Onward has looked
 */
public record ProjectBrief(
    String id,
    String name,
    List<LabelBrief> labels,
    List<EnvironmentBrief> environments,
    CycleView cycles) {
  public static ProjectBrief of(ProjectStatus status) {
    return new ProjectBrief(
        status.desired().project().value(),
        status.desired().name(),
        status.seen().stream()
            .flatMap(seen -> seen.plan().labels().values().stream())
            .map(LabelBrief::of)
            .toList(),
        EnvironmentBrief.allOf(status),
        CycleView.of(status));
  }

  /**
   * A watched label at a glance: one that is {@code refused} stops all releases.
   *
   * @param state as {@link ProjectView.LabelView} has it
   * @param summary the same in a sentence
   */
  @Schema(name = "LabelBrief")
  record LabelBrief(String id, String state, String summary) {
    static LabelBrief of(LabelExplanation it) {
      return new LabelBrief(it.label().value(), Words.of(it.state()), it.summary());
    }
  }
}
