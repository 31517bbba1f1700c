package dev.onward.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.onward.model.Approval;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Freeze;
import dev.onward.model.Intervention;
import dev.onward.model.Interventions;
import dev.onward.model.ReleaseId;
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
@Schema(name = "Standing")
record StandingView(
    long version,
    Optional<SaidView> stop,
    List<Hold> holds,
    List<Rejection> rejections,
    List<ApprovalView> approvals,
    List<FreezeView> freezes) {

  /** As far as the last cycle saw it. */
  static StandingView of(ProjectStatus status, Instant now) {
    return of(
        status.seen().map(seen -> seen.observed().interventions()).orElse(Interventions.NONE), now);
  }

  static StandingView of(Interventions said, Instant now) {
    return new StandingView(
        said.version(),
        said.stop(now).map(SaidView::of),
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

  private static <K> Stream<Map.Entry<K, Intervention>> standing(
      SortedMap<K, Intervention> all, Instant now) {
    return all.entrySet().stream().filter(entry -> entry.getValue().isInForce(now));
  }

  /** Nobody promotes to this environment but people. */
  @Schema(name = "Hold")
  record Hold(String environment, @JsonUnwrapped SaidView said) {
    private static Hold of(Map.Entry<EnvironmentId, Intervention> entry) {
      return new Hold(entry.getKey().value(), SaidView.of(entry.getValue()));
    }
  }

  /** This release goes nowhere further. */
  @Schema(name = "Rejection")
  record Rejection(String release, @JsonUnwrapped SaidView said) {
    private static Rejection of(Map.Entry<ReleaseId, Intervention> entry) {
      return new Rejection(entry.getKey().value(), SaidView.of(entry.getValue()));
    }
  }

  /** One person's approval. */
  @Schema(name = "Approval")
  record ApprovalView(String release, String environment, @JsonUnwrapped SaidView said) {
    private static ApprovalView of(Approval it) {
      return new ApprovalView(
          it.release().value(), it.environment().value(), SaidView.of(it.given()));
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
      @JsonUnwrapped SaidView said) {
    static FreezeView of(Freeze it) {
      return new FreezeView(
          it.id(), it.environment().map(EnvironmentId::value), it.from(), SaidView.of(it.set()));
    }
  }
}
