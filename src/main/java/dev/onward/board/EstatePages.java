package dev.onward.board;

import dev.onward.api.NotFoundHere;
import dev.onward.api.Visible;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;

/** Everything that Onward manages on one page. From memory: AWS is not asked. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class EstatePages {
  private final Visible visible;
  private final Frames frames;

  EstatePages(Visible visible, Frames frames) {
    this.visible = visible;
    this.frames = frames;
  }

  /**
   * The whole page, or one row of it.
   *
   * @param from how many rows to pass over
   * @param row the one project whose row is wanted, to put it in the place of an older one
   */
  @GET
  public TemplateInstance estate(
      @QueryParam("q") @DefaultValue("") String query,
      @QueryParam("only") @DefaultValue("") String only,
      @QueryParam("from") @DefaultValue("0") int from,
      @QueryParam("row") Optional<String> row) {
    return row.map(this::row)
        .orElseGet(
            () -> {
              Instant now = visible.now();
              return Templates.estate(
                  frames.estate(now),
                  EstatePage.of(
                      visible.projects(),
                      visible.manifests(),
                      visible.everywhere(),
                      query,
                      only,
                      Math.max(0, from),
                      now));
            });
  }

  private TemplateInstance row(String id) {
    return EstatePage.row(visible.projects(), visible.manifests(), id, visible.now())
        .map(Templates::estateRow)
        .orElseThrow(() -> new NotFoundHere("there is no project '%s'".formatted(id)));
  }
}
