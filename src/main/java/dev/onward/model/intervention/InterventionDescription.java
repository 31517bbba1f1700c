package dev.onward.model.intervention;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.ReleaseId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Describes what is in force for the target of one intervention, for the audit trail: recorded
 * before and after the change, the two texts show what changed.
 */
public final class InterventionDescription {
  private InterventionDescription() {}

  /**
   * Absent if nothing is in force for the target: never set, removed, or expired.
   *
   * @param whole the subject of interventions without an environment: {@code everything}, or the
   *     project
   * @param now expired interventions are kept for a while but are no longer in force
   */
  public static Optional<String> of(
      Intervention intervention, InterventionState all, String whole, Instant now) {
    return switch (intervention) {
      case Intervention.Hold(EnvironmentId id) -> all.hold(id, now).map(attributionText("held"));
      case Intervention.Resume(EnvironmentId id) -> all.hold(id, now).map(attributionText("held"));
      case Intervention.Reject(ReleaseId id) ->
          all.rejection(id, now).map(attributionText("rejected"));
      case Intervention.Unreject(ReleaseId id) ->
          all.rejection(id, now).map(attributionText("rejected"));
      case Intervention.Approve(ReleaseId release, EnvironmentId environment) ->
          approvals(all.approvals(release, environment), now);
      case Intervention.Withdraw(ReleaseId release, EnvironmentId environment) ->
          approvals(all.approvals(release, environment), now);
      case Intervention.SetFreeze freeze -> freeze(freeze.id(), all, whole, now);
      case Intervention.LiftFreeze(String id, Optional<EnvironmentId> _) ->
          freeze(id, all, whole, now);
      case Intervention.StopEverything() -> all.stop(now).map(attributionText("stopped"));
      case Intervention.ResumeEverything() -> all.stop(now).map(attributionText("stopped"));
    };
  }

  private static Function<Attribution, String> attributionText(String what) {
    return attribution -> "%s by %s: %s".formatted(what, by(attribution), attribution.reason());
  }

  private static String by(Attribution attribution) {
    return attribution.by().name() + attribution.until().map(end -> " until " + end).orElse("");
  }

  /** Omits the reasons, of which there may be many: each is recorded with its own event. */
  private static Optional<String> approvals(List<Approval> given, Instant now) {
    String names =
        given.stream()
            .map(Approval::given)
            .filter(attribution -> attribution.isInForce(now))
            .map(InterventionDescription::by)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? Optional.empty() : Optional.of("approved by " + names);
  }

  private static Optional<String> freeze(
      String id, InterventionState all, String whole, Instant now) {
    return all.freezes().stream()
        .filter(freeze -> freeze.id().equals(id) && freeze.set().isInForce(now))
        .findFirst()
        .map(freeze -> freeze(freeze, whole));
  }

  private static String freeze(Freeze freeze, String whole) {
    return "%s frozen%s by %s: %s"
        .formatted(
            freeze.environment().map(EnvironmentId::value).orElse(whole),
            freeze.from().map(start -> " from " + start).orElse(""),
            by(freeze.set()),
            freeze.set().reason());
  }
}
