package dev.onward.web.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.onward.web.board.view.OverviewPage;
import dev.onward.web.board.view.PageLayout;
import dev.onward.web.cache.ResponseCache;
import dev.onward.web.http.NotFoundException;
import dev.onward.web.http.VisibleProjects;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything that Onward manages on one page. From memory: AWS is not asked. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class OverviewPages {
  private final VisibleProjects visible;
  private final PageLayouts frames;
  private final ResponseCache shared;

  OverviewPages(VisibleProjects visible, PageLayouts frames, ResponseCache shared) {
    this.visible = visible;
    this.frames = frames;
    this.shared = shared;
  }

  /**
   * The whole page, or one row of it.
   *
   * @param from how many rows to pass over
   * @param row the one project whose row is wanted, to put it in the place of an older one
   */
  @GET
  public Response estate(
      @QueryParam("q") @DefaultValue("") String query,
      @QueryParam("only") @DefaultValue("") String only,
      @QueryParam("from") @DefaultValue("0") int from,
      @QueryParam("row") Optional<String> row) {
    Object question;
    Supplier<TemplateInstance> answer;
    if (row.isPresent()) {
      question = new Row(row.get());
      answer = () -> row(row.get());
    } else {
      var page = new Page(frames.estate(visible.now()), query, only, Math.max(0, from));
      question = page;
      answer = () -> page(page);
    }
    // What is searched for is hardly ever searched for twice.
    return Response.ok(
            visible.seesEverything() && query.isEmpty()
                ? shared.get(question, () -> answer.get().render().getBytes(UTF_8))
                : answer.get())
        .build();
  }

  /** What an answer depends on, beside what is seen of the projects. */
  private record Page(PageLayout frame, String query, String only, int from) {}

  private record Row(String id) {}

  private TemplateInstance page(Page page) {
    return Templates.estate(
        page.frame,
        OverviewPage.of(
            visible.projects(),
            visible.manifests(),
            visible.globalInterventions(),
            page.query,
            page.only,
            page.from,
            visible.now()));
  }

  private TemplateInstance row(String id) {
    return OverviewPage.row(visible.projects(), visible.manifests(), id, visible.now())
        .map(Templates::estateRow)
        .orElseThrow(() -> new NotFoundException("there is no project '%s'".formatted(id)));
  }
}
