package dev.onward.web.api.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.onward.model.ServiceId;
import dev.onward.model.release.Release;
import dev.onward.query.ImageQuery;
import dev.onward.query.ReleaseSearch;
import dev.onward.status.ProjectStatus;
import dev.onward.store.ReleaseStore.ReleasePage;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of a project's releases, newest first.
 *
 * @param nextCursor where the next page begins; absent on the last one. A page of a search may be
 *     empty and still not be the last
 * @param unreadable items of the table that are no release, each with the reason
 */
@Schema(name = "ReleasePage")
public record ReleasesView(
    List<Listed> releases, Optional<String> nextCursor, List<String> unreadable) {

  /**
   * A release in a list.
   *
   * @param matchingServices those that have the image that was asked for; absent if none was
   */
  @Schema(name = "ListedRelease")
  record Listed(@JsonUnwrapped ReleaseView release, Optional<List<String>> matchingServices) {
    private static Listed of(Release release, ProjectStatus status, Optional<ImageQuery> image) {
      return new Listed(
          ReleaseView.of(release, Optional.of(status)),
          image.map(
              asked -> asked.servicesIn(release.images()).stream().map(ServiceId::value).toList()));
    }
  }

  public static ReleasesView of(ReleasePage page, ProjectStatus status, ReleaseSearch search) {
    return new ReleasesView(
        page.releases().stream().map(it -> Listed.of(it, status, search.image())).toList(),
        page.cursor(),
        page.unreadable());
  }
}
