package dev.onward.web.board.view;

import dev.onward.model.release.Release;
import dev.onward.status.ProjectStatus;
import dev.onward.web.board.view.EnvironmentCard.Said;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One project.
 *
 * @param looked when Onward last looked at it successfully
 * @param pipeline for a wide page
 * @param tall the same for a narrow one
 */
public record ProjectPage(
    String id,
    String name,
    Optional<RelativeTime> looked,
    Optional<Said> stop,
    boolean stopIsOwn,
    List<OverviewRow.Note> notes,
    List<String> unrecognized,
    PipelineDiagram pipeline,
    PipelineDiagram tall,
    List<LabelCard> labels,
    List<EnvironmentCard> environments,
    ServiceMatrix services,
    List<ReleaseLink> releases) {
  private static final int RELEASES = 8;

  /**
   * As it is for whoever looks.
   *
   * @param looker their id
   */
  public static ProjectPage of(
      ProjectStatus status, boolean manifestStale, String looker, Instant now) {
    return new ProjectPage(
        status.desired().project().value(),
        status.desired().name(),
        RelativeTime.of(status.lastSuccess(), now),
        status
            .seen()
            .flatMap(seen -> seen.observed().stop(now))
            .map(attribution -> Said.of(attribution, now)),
        status.seen().flatMap(seen -> seen.observed().interventions().stop(now)).isPresent(),
        OverviewRow.notes(status, manifestStale, now),
        status.seen().map(seen -> seen.observed().unrecognized()).orElse(List.of()),
        PipelineDiagram.wide(status, now),
        PipelineDiagram.tall(status, now),
        status.seen().stream()
            .flatMap(seen -> seen.plan().labels().values().stream())
            .map(label -> LabelCard.of(label, now))
            .toList(),
        status.desired().environmentsInOrder().stream()
            .map(desired -> EnvironmentCard.of(status, desired, looker, now))
            .toList(),
        ServiceMatrix.of(status, now),
        status.seen().stream()
            .flatMap(seen -> seen.observed().releases().values().stream())
            .sorted(Release.BY_AGE.reversed())
            .limit(RELEASES)
            .map(release -> ReleaseLink.of(release, now))
            .toList());
  }
}
