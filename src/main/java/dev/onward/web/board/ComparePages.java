package dev.onward.web.board;

import dev.onward.model.InvalidValueException;
import dev.onward.query.Comparison;
import dev.onward.status.ProjectStatus;
import dev.onward.web.board.view.ComparePage;
import dev.onward.web.http.ComparisonSides;
import dev.onward.web.http.NotFoundException;
import dev.onward.web.http.VisibleProjects;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;

/** Any two of a project's releases, labels and environments: one read of DynamoDB a release. */
@Path("/projects/{project}/compare")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class ComparePages {
  private final VisibleProjects visible;
  private final PageLayouts frames;
  private final ComparisonSides sides;

  ComparePages(VisibleProjects visible, PageLayouts frames, ComparisonSides sides) {
    this.visible = visible;
    this.frames = frames;
    this.sides = sides;
  }

  @GET
  public TemplateInstance compare(
      @PathParam("project") String project,
      @QueryParam("from") Optional<String> from,
      @QueryParam("to") Optional<String> to) {
    Instant now = visible.now();
    ProjectStatus status = visible.existing(project);
    String one = from.orElseGet(() -> ComparePage.defaultFrom(status));
    String other = to.orElseGet(() -> ComparePage.defaultTo(status));
    return Templates.compare(
        frames.of(status.desired(), "Compare in " + status.desired().name(), "compare", true, now),
        page(status, one, other, now));
  }

  private ComparePage page(ProjectStatus status, String from, String to, Instant now) {
    try {
      var comparison =
          Comparison.of(
              sides.side("from", Optional.of(from), status),
              sides.side("to", Optional.of(to), status));
      return ComparePage.of(status, from, to, "", Optional.of(comparison), now);
    } catch (NotFoundException | InvalidValueException e) {
      return ComparePage.of(
          status, from, to, String.valueOf(e.getMessage()), Optional.empty(), now);
    }
  }
}
