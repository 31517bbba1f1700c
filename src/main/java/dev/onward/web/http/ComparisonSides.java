package dev.onward.web.http;

import dev.onward.model.InvalidValueException;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredState;
import dev.onward.query.ComparisonSide;
import dev.onward.query.ComparisonSideParser;
import dev.onward.status.ProjectStatus;
import dev.onward.store.ProjectStores;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Finds what people compare by what they call it: in memory, a release by one read of DynamoDB,
 * after a search where only the beginning of its id is given.
 */
@ApplicationScoped
public class ComparisonSides {
  private final ProjectStores.Provider stores;
  private final ReleaseIdPrefix releases;

  ComparisonSides(ProjectStores.Provider stores, ReleaseIdPrefix releases) {
    this.stores = stores;
    this.releases = releases;
  }

  /**
   * Throws {@link NotFoundException} if there is no such thing in the project, and {@link
   * InvalidValueException} if it cannot be one.
   *
   * @param parameter what the text was given as
   */
  public ComparisonSide side(String parameter, Optional<String> given, ProjectStatus status) {
    String text =
        given.orElseThrow(
            () ->
                new InvalidValueException(
                    "query parameter " + parameter, "", ComparisonSideParser.ALLOWED));
    ComparisonSideParser meant =
        ComparisonSideParser.parse("query parameter " + parameter, text, status)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "project %s has no %s"
                            .formatted(status.desired().project(), text.replaceFirst(":", " "))));
    return switch (meant) {
      case ComparisonSideParser.Place(var where) ->
          ComparisonSide.of(status.desired().project(), where, ObservedStates.of(status));
      case ComparisonSideParser.OfRelease(ReleaseId id) ->
          release(releases.named(id, status), status);
    };
  }

  private ComparisonSide release(ReleaseId id, ProjectStatus status) {
    DesiredState desired = status.desired();
    return stores
        .open(desired.project(), desired.role())
        .releases()
        .partial(id)
        .map(ComparisonSide::of)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "project %s has no release '%s'".formatted(desired.project(), id)));
  }
}
