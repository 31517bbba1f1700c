package dev.onward.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.api.CandidateView.VerdictView;
import dev.onward.model.OperatorWord;
import dev.onward.model.Release;
import dev.onward.plan.Grant;
import dev.onward.policy.Verdict;
import dev.onward.reconcile.WishReport;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What was done in a project, or would be.
 *
 * @param done whether it was; not if this is a dry run
 * @param stands what operators have said of the project; of a dry run, without what was tried
 * @param freeze the id of the freeze that was set
 * @param deployed the id of the release that was deployed
 * @param overridden the gates that were passed over
 * @param rollBack why a rollback leads to this release, and where else it could lead
 * @param release the release that was made
 */
@Schema(name = "Act")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ActView(
    boolean done,
    boolean dryRun,
    Optional<PreviewView> preview,
    StandingView stands,
    Optional<String> freeze,
    Optional<String> deployed,
    Optional<List<VerdictView>> overridden,
    Optional<RollBackView> rollBack,
    Optional<ReleaseView> release) {

  static ActView of(Act act, WishReport report, StandingView stands) {
    Optional<Grant.Deploy> deploy =
        report.grant() instanceof Grant.Deploy it ? Optional.of(it) : Optional.empty();
    return new ActView(
        !act.dryRun(),
        act.dryRun(),
        report.preview().map(PreviewView::of),
        stands,
        freeze(report.grant()),
        deploy.map(it -> it.action().release().id().value()),
        overridden(report.grant()).map(it -> it.stream().map(VerdictView::of).toList()),
        deploy.flatMap(Grant.Deploy::rollBack).map(RollBackView::of),
        made(report.grant()).map(it -> ReleaseView.of(it, Optional.empty())));
  }

  /** A release that was made has an address of its own. */
  RestResponse<ActView> answer() {
    return done && release.isPresent()
        ? RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, this)
            .location(location(release.get().id()))
            .build()
        : RestResponse.ok(this);
  }

  /** Of the release of an answer that was given before. */
  static URI locationIn(JsonNode answer) {
    return location(answer.path("release").path("id").asText());
  }

  private static URI location(String release) {
    return URI.create("/api/v1/releases/" + release);
  }

  private static Optional<List<Verdict>> overridden(Grant grant) {
    return switch (grant) {
      case Grant.Deploy deploy -> Optional.of(deploy.overridden());
      case Grant.Repair repair -> Optional.of(repair.overridden());
      case Grant.Say _, Grant.Cut _, Grant.Add _, Grant.Refused _ -> Optional.empty();
    };
  }

  private static Optional<Release> made(Grant grant) {
    return switch (grant) {
      case Grant.Add(Release release) -> Optional.of(release);
      case Grant.Cut(var action) -> Optional.of(action.release());
      case Grant.Say _, Grant.Deploy _, Grant.Repair _, Grant.Refused _ -> Optional.empty();
    };
  }

  static Optional<String> freeze(Grant grant) {
    return grant instanceof Grant.Say(var saying)
            && saying.word() instanceof OperatorWord.SetFreeze freeze
        ? Optional.of(freeze.id())
        : Optional.empty();
  }
}
