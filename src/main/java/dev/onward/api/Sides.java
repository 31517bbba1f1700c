package dev.onward.api;

import dev.onward.model.InvalidValueException;
import dev.onward.model.ReleaseId;
import dev.onward.plan.DesiredState;
import dev.onward.query.Side;
import dev.onward.query.SideText;
import dev.onward.reconcile.ProjectStores;
import dev.onward.status.ProjectStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Finds what people compare by what they call it: in memory, a release by one read of DynamoDB,
 * after a search where only the beginning of its id is given.
 */
@ApplicationScoped
public class Sides {
  private final ProjectStores.Provider stores;
  private final KnownReleases releases;

  Sides(ProjectStores.Provider stores, KnownReleases releases) {
    this.stores = stores;
    this.releases = releases;
  }

  /**
   * Throws {@link NotFoundHere} if there is no such thing in the project, and {@link
   * InvalidValueException} if it cannot be one.
   *
   * @param parameter what the text was given as
   */
  public Side side(String parameter, Optional<String> given, ProjectStatus status) {
    String text =
        given.orElseThrow(
            () -> new InvalidValueException("query parameter " + parameter, "", SideText.ALLOWED));
    SideText meant =
        SideText.parse("query parameter " + parameter, text, status)
            .orElseThrow(
                () ->
                    new NotFoundHere(
                        "project %s has no %s"
                            .formatted(status.desired().project(), text.replaceFirst(":", " "))));
    return switch (meant) {
      case SideText.Place(var where) ->
          Side.of(status.desired().project(), where, Sights.of(status));
      case SideText.OfRelease(ReleaseId id) -> release(releases.named(id, status), status);
    };
  }

  private Side release(ReleaseId id, ProjectStatus status) {
    DesiredState desired = status.desired();
    return stores
        .open(desired.project(), desired.role())
        .releases()
        .partial(id)
        .map(Side::of)
        .orElseThrow(
            () ->
                new NotFoundHere(
                    "project %s has no release '%s'".formatted(desired.project(), id)));
  }
}
