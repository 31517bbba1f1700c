package dev.onward.web.board;

import dev.onward.model.ProjectId;
import dev.onward.plan.Words;
import dev.onward.status.events.StatusEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an open page is told: a part of it to fetch again, or words for its reader.
 *
 * @param name the part, or {@code news}
 */
record PageEvent(String name, String text) {
  private static final Set<String> CHANGING_THE_ESTATE = Set.of("added", "removed", "changed");

  static List<PageEvent> of(StatusEvent event) {
    String what = Words.of(event.type());
    Stream<PageEvent> parts =
        concernsAll(event)
            ? Stream.of(new PageEvent("everything", what))
            : event.project().stream()
                .flatMap(
                    id ->
                        Stream.of(
                            new PageEvent("project-" + id, what), new PageEvent("estate", what)));
    return Stream.concat(parts, words(event).map(text -> new PageEvent("news", text)).stream())
        .toList();
  }

  /** What is missing, what was said of everything, and projects that come or go. */
  private static boolean concernsAll(StatusEvent event) {
    return event.type() == StatusEvent.Type.LOST
        || event.project().isEmpty()
        || (event.type() == StatusEvent.Type.PROJECT
            && CHANGING_THE_ESTATE.contains(String.valueOf(event.data().get("change"))));
  }

  private static Optional<String> words(StatusEvent event) {
    String where =
        event.project().map(ProjectId::value).orElse("everything")
            + event.environment().map(id -> "/" + id).orElse("");
    return switch (event.type()) {
      case RELEASE -> Optional.of("%s: release %s".formatted(where, brief(event, "release")));
      case DEPLOYMENT -> Optional.of("%s: deployed %s".formatted(where, brief(event, "to")));
      case CONVERGED -> Optional.of("%s: all parameters written".formatted(where));
      case DRIFT -> Optional.of("%s: %s".formatted(where, drift(event)));
      case INTERVENTION -> Optional.of("%s: %s".formatted(where, said(event)));
      case ENVIRONMENT, LABEL, PROJECT, LOST -> Optional.empty();
    };
  }

  private static String drift(StatusEvent event) {
    return event.data().get("services") instanceof List<?> services && !services.isEmpty()
        ? Words.counted(services.size(), "parameter") + " drifted"
        : "parameters are as deployed again";
  }

  private static String said(StatusEvent event) {
    return String.valueOf(event.data().getOrDefault("action", "intervention")).replace('_', ' ');
  }

  private static String brief(StatusEvent event, String name) {
    String id = String.valueOf(event.data().getOrDefault(name, ""));
    return id.length() <= 8 ? id : id.substring(0, 8);
  }
}
