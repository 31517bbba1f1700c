package dev.onward.web.api.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Approval;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Freeze;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.ReleaseId;
import dev.onward.status.ProjectStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What operators have said that still stands, of one project or of everything.
 *
 * @param version counts what was said; whoever acts on having seen this can ask for just this
 * @param stop whoever stopped it
 * @param freezes those in force and those to come
 */
@Schema(name = "Interventions")
public record InterventionsView(
    long version,
    Optional<AttributionView> stop,
    List<Hold> holds,
    List<Rejection> rejections,
    List<ApprovalView> approvals,
    List<FreezeView> freezes) {

  /** As far as the last cycle saw it. */
  public static InterventionsView of(ProjectStatus status, Instant now) {
    return of(
        status.seen().map(seen -> seen.observed().interventions()).orElse(InterventionState.NONE),
        now);
  }

  public static InterventionsView of(InterventionState said, Instant now) {
    return new InterventionsView(
        said.version(),
        said.stop(now).map(AttributionView::of),
        standing(said.holds(), now).map(Hold::of).toList(),
        standing(said.rejections(), now).map(Rejection::of).toList(),
        said.approvals().stream()
            .filter(approval -> approval.given().isInForce(now))
            .map(ApprovalView::of)
            .toList(),
        said.freezes().stream()
            .filter(freeze -> freeze.set().isInForce(now))
            .map(FreezeView::of)
            .toList());
  }

  private static <K> Stream<Map.Entry<K, Attribution>> standing(
      SortedMap<K, Attribution> all, Instant now) {
    return all.entrySet().stream().filter(entry -> entry.getValue().isInForce(now));
  }

  /** Nobody promotes to this environment but people. */
  @Schema(name = "Hold")
  record Hold(String environment, @JsonUnwrapped AttributionView said) {
    private static Hold of(Map.Entry<EnvironmentId, Attribution> entry) {
      return new Hold(entry.getKey().value(), AttributionView.of(entry.getValue()));
    }
  }

  /** This release goes nowhere further. */
  @Schema(name = "Rejection")
  record Rejection(String release, @JsonUnwrapped AttributionView said) {
    private static Rejection of(Map.Entry<ReleaseId, Attribution> entry) {
      return new Rejection(entry.getKey().value(), AttributionView.of(entry.getValue()));
    }
  }

  /** One person's approval. */
  @Schema(name = "Approval")
  record ApprovalView(String release, String environment, @JsonUnwrapped AttributionView said) {
    private static ApprovalView of(Approval it) {
      return new ApprovalView(
          it.release().value(), it.environment().value(), AttributionView.of(it.given()));
    }
  }

  /**
   * Nothing is promoted automatically.
   *
   * @param environment absent if it is for all of the project, or for everything
   * @param from absent if it began when it was set
   */
  @Schema(name = "Freeze")
  record FreezeView(
      String id,
      Optional<String> environment,
      Optional<Instant> from,
      @JsonUnwrapped AttributionView said) {
    static FreezeView of(Freeze it) {
      return new FreezeView(
          it.id(),
          it.environment().map(EnvironmentId::value),
          it.from(),
          AttributionView.of(it.set()));
    }
  }
}
