package dev.onward.api;

import dev.onward.status.ProjectStatus;
import java.util.List;

/** A project at a glance. */
record ProjectBrief(String id, String name, List<EnvironmentBrief> environments, CycleView cycles) {
  static ProjectBrief of(ProjectStatus status) {
    return new ProjectBrief(
        status.desired().project().value(),
        status.desired().name(),
        EnvironmentBrief.allOf(status),
        CycleView.of(status));
  }
}
