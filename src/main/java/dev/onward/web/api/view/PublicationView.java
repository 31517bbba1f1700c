package dev.onward.web.api.view;

import dev.onward.command.PublicationResult;
import dev.onward.command.PublicationResult.Published;
import dev.onward.plan.Words;
import dev.onward.plan.command.PublicationForecast;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What was published under a label, or would be.
 *
 * @param done whether it was; not if this is a dry run
 * @param follows of a dry run: the release that follows and where it goes at once, in one sentence;
 *     absent where that cannot be known
 * @param preview of a dry run: the deployments that follow; absent where that cannot be known
 */
@Schema(name = "Publication")
public record PublicationView(
    boolean done,
    boolean dryRun,
    String label,
    List<Service> services,
    Optional<String> follows,
    Optional<PreviewView> preview) {

  public static PublicationView of(String label, PublicationResult.Ended report, boolean dryRun) {
    return new PublicationView(
        !dryRun,
        dryRun,
        label,
        report.services().stream().map(it -> Service.of(it, dryRun)).toList(),
        report.forecast().map(PublicationForecast::summary),
        report.forecast().map(PublicationForecast::next).map(PreviewView::of));
  }

  /**
   * One service's image.
   *
   * @param before what was there; absent if nothing was
   * @param version of the parameter as it is now; absent of what would only be written
   * @param outcome {@code written}; {@code unchanged}: it was there already; of a dry run {@code
   *     would_write}
   */
  @Schema(name = "PublishedImage")
  record Service(
      String service,
      Optional<String> before,
      String after,
      Optional<Long> version,
      String outcome) {
    private static Service of(Published it, boolean dryRun) {
      boolean wouldBe = dryRun && it.state() == PublicationResult.State.UNTOUCHED;
      return new Service(
          it.service().value(),
          it.before(),
          it.after().value(),
          it.version(),
          wouldBe ? "would_write" : Words.of(it.state()));
    }
  }
}
