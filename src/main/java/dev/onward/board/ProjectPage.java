package dev.onward.board;

import dev.onward.board.EnvironmentCard.Said;
import dev.onward.model.Release;
import dev.onward.status.ProjectStatus;
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
record ProjectPage(
    String id,
    String name,
    Optional<Moment> looked,
    Optional<Said> stop,
    boolean stopIsOwn,
    List<EstateRow.Note> notes,
    List<String> strays,
    Pipeline pipeline,
    Pipeline tall,
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
  static ProjectPage of(ProjectStatus status, boolean manifestStale, String looker, Instant now) {
    return new ProjectPage(
        status.desired().project().value(),
        status.desired().name(),
        Moment.of(status.lastSuccess(), now),
        status.seen().flatMap(seen -> seen.observed().stop(now)).map(said -> Said.of(said, now)),
        status.seen().flatMap(seen -> seen.observed().interventions().stop(now)).isPresent(),
        EstateRow.notes(status, manifestStale, now),
        status.seen().map(seen -> seen.observed().strays()).orElse(List.of()),
        Pipeline.wide(status, now),
        Pipeline.tall(status, now),
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
