package dev.onward.model.intervention;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.ReleaseId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What stands of the one thing that an operator's word is about, in words for the audit trail: read
 * before and after the word, it tells what the word changed.
 */
public final class InterventionDescription {
  private InterventionDescription() {}

  /**
   * Absent if nothing stands of it: nobody has said anything, or it is taken back or over.
   *
   * @param whole what words of no environment are about: {@code everything}, or the project
   * @param now expired words are kept for a while, and stand no more
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

  /** Without the reasons, of which there may be many: each stands with its own event. */
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
