package dev.onward.status.log;

import dev.onward.command.Publication;
import dev.onward.command.PublicationResult;
import dev.onward.command.PublicationResult.Published;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.release.ImageRef;
import dev.onward.plan.Words;
import dev.onward.store.Failure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger.Level;

/** One line for each publication by a person, and a second one if it failed in part. */
final class PublicationLines {
  private final ProjectId project;
  private final Publication publication;
  private final Attribution attribution;

  PublicationLines(ProjectId project, Publication publication, Attribution attribution) {
    this.project = project;
    this.publication = publication;
    this.attribution = attribution;
  }

  List<LogLine> of(PublicationResult report) {
    return switch (report) {
      case PublicationResult.Refused(String reason) ->
          List.of(
              line(
                  Level.INFO,
                  "refused publishing under %s for %s: %s"
                      .formatted(publication.label(), attribution.by().name(), reason)));
      case PublicationResult.Ended(List<Published> services, Optional<Failure> failure, var _) ->
          failure
              .map(it -> List.of(line(Level.WARN, published(services) + "; " + it.message())))
              .orElseGet(() -> List.of(line(Level.INFO, published(services))));
    };
  }

  private String published(List<Published> services) {
    List<Published> written =
        services.stream().filter(it -> it.state() == PublicationResult.State.WRITTEN).toList();
    String images =
        written.stream()
            .map(Published::after)
            .map(ImageRef::shortTag)
            .limit(ActionLines.SHOWN)
            .collect(Collectors.joining(", "));
    return "%s published %s under %s%s: %s"
        .formatted(
            attribution.by().name(),
            Words.counted(written.size(), "image"),
            publication.label(),
            images.isEmpty() ? "" : " (%s)".formatted(images),
            attribution.reason());
  }

  private LogLine line(Level level, String sentence) {
    return LogLine.of(level, project, sentence).by(attribution.by().id());
  }
}
