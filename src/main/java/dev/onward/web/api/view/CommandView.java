package dev.onward.web.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.onward.command.CommandResult;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.Release;
import dev.onward.plan.command.CommandDecision;
import dev.onward.policy.Verdict;
import dev.onward.web.api.view.CandidateView.VerdictView;
import dev.onward.web.http.ReleaseLocation;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What was done in a project, or would be.
 *
 * @param done whether it was; not if this is a dry run
 * @param interventions what operators have said of the project; of a dry run, without what was
 *     tried
 * @param freeze the id of the freeze that was set
 * @param deployed the id of the release that was deployed
 * @param overridden the gates that were passed over
 * @param rollBack why a rollback leads to this release, and where else it could lead
 * @param release the release that was made
 */
@Schema(name = "CommandResult")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CommandView(
    boolean done,
    boolean dryRun,
    Optional<PreviewView> preview,
    InterventionsView interventions,
    Optional<String> freeze,
    Optional<String> deployed,
    Optional<List<VerdictView>> overridden,
    Optional<RollbackView> rollBack,
    Optional<ReleaseView> release) {

  public static CommandView of(CommandResult report, InterventionsView interventions) {
    Optional<CommandDecision.Deploy> deploy =
        report.grant() instanceof CommandDecision.Deploy it ? Optional.of(it) : Optional.empty();
    return new CommandView(
        !report.dryRun(),
        report.dryRun(),
        report.preview().map(PreviewView::of),
        interventions,
        freeze(report.grant()),
        deploy.map(it -> it.action().release().id().value()),
        overridden(report.grant()).map(it -> it.stream().map(VerdictView::of).toList()),
        deploy.flatMap(CommandDecision.Deploy::rollBack).map(RollbackView::of),
        made(report.grant()).map(it -> ReleaseView.of(it, Optional.empty())));
  }

  /** A release that was made has an address of its own. */
  public RestResponse<CommandView> answer() {
    return done && release.isPresent()
        ? RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, this)
            .location(ReleaseLocation.of(release.get().id()))
            .build()
        : RestResponse.ok(this);
  }

  private static Optional<List<Verdict>> overridden(CommandDecision grant) {
    return switch (grant) {
      case CommandDecision.Deploy deploy -> Optional.of(deploy.overridden());
      case CommandDecision.Repair repair -> Optional.of(repair.overridden());
      case CommandDecision.Say _,
          CommandDecision.Cut _,
          CommandDecision.Add _,
          CommandDecision.Refused _ ->
          Optional.empty();
    };
  }

  private static Optional<Release> made(CommandDecision grant) {
    return switch (grant) {
      case CommandDecision.Add(Release release) -> Optional.of(release);
      case CommandDecision.Cut(var action) -> Optional.of(action.release());
      case CommandDecision.Say _,
          CommandDecision.Deploy _,
          CommandDecision.Repair _,
          CommandDecision.Refused _ ->
          Optional.empty();
    };
  }

  static Optional<String> freeze(CommandDecision grant) {
    return grant instanceof CommandDecision.Say(var saying)
            && saying.intervention() instanceof Intervention.SetFreeze freeze
        ? Optional.of(freeze.id())
        : Optional.empty();
  }
}
