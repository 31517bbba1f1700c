package dev.onward.web.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.onward.command.CommandResult;
import dev.onward.plan.Planner;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.Preview;
import dev.onward.status.ProjectStatus;
import dev.onward.status.ProjectStatus.Seen;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What was said about everything, or would be.
 *
 * @param done whether it was; not if this is a dry run
 * @param projects what comes of it in each, as far as the last cycle saw it
 * @param notLookedAt projects that no cycle has seen yet, so that nothing can be said of them
 * @param interventions what operators have said about everything; of a dry run, without what was
 *     tried
 * @param freeze the id of the freeze that was set
 */
@Schema(name = "GlobalCommandResult")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record GlobalCommandView(
    boolean done,
    boolean dryRun,
    List<ProjectPreview> projects,
    List<String> notLookedAt,
    InterventionsView interventions,
    Optional<String> freeze) {

  /** What comes of it in one project. */
  @Schema(name = "ProjectPreview")
  record ProjectPreview(String project, @JsonUnwrapped PreviewView preview) {}

  public static GlobalCommandView of(
      CommandResult report,
      InterventionsView interventions,
      Planner planner,
      Collection<ProjectStatus> projects,
      Instant now) {
    return new GlobalCommandView(
        !report.dryRun(),
        report.dryRun(),
        projects.stream().flatMap(status -> preview(planner, status, report.grant(), now)).toList(),
        projects.stream()
            .filter(status -> looked(status).isEmpty())
            .map(status -> status.desired().project().value())
            .toList(),
        interventions,
        CommandView.freeze(report.grant()));
  }

  private static Stream<ProjectPreview> preview(
      Planner planner, ProjectStatus status, CommandDecision grant, Instant now) {
    Optional<Seen> seen = looked(status);
    if (seen.isEmpty() || !(grant instanceof CommandDecision.Say(var saying))) {
      return Stream.empty();
    }
    var preview = Preview.global(planner, status.desired(), seen.get().observed(), saying, now);
    return Stream.of(
        new ProjectPreview(status.desired().project().value(), PreviewView.of(preview)));
  }

  /** A manifest may just have come to name what no cycle has looked at. */
  private static Optional<Seen> looked(ProjectStatus status) {
    return status
        .seen()
        .filter(
            seen ->
                status.desired().environments().stream()
                    .allMatch(e -> seen.observed().environments().containsKey(e.id())))
        .filter(
            seen ->
                seen.observed().labels().keySet().containsAll(status.desired().watchedLabels()));
  }
}
