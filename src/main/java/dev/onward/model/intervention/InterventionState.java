package dev.onward.model.intervention;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Requester;
import dev.onward.model.release.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Everything that operators have said about one project, or about all of them, and that still
 * stands. It is kept as one item: every change is conditional on its version, and so is every
 * deployment that automation records.
 *
 * @param version counts the changes; 0 as long as nobody has said anything
 * @param stop whoever stopped everything
 */
public record InterventionState(
    long version,
    Optional<Attribution> stop,
    SortedMap<EnvironmentId, Attribution> holds,
    SortedMap<ReleaseId, Attribution> rejections,
    List<Approval> approvals,
    List<Freeze> freezes) {
  /**
   * Of approvals and freezes together: one item holds all words, and every cycle reads it. What
   * stops automation is never refused because of it.
   */
  public static final int LIMIT = 200;

  /**
   * For how long an expired word is kept. Whoever speaks next may have a clock that is ahead, by
   * which other people's words are over while they still hold.
   */
  private static final Duration KEPT = Duration.ofDays(1);

  public static final InterventionState NONE =
      new InterventionState(
          0, Optional.empty(), new TreeMap<>(), new TreeMap<>(), List.of(), List.of());

  public InterventionState {
    holds = Collections.unmodifiableSortedMap(new TreeMap<>(holds));
    rejections = Collections.unmodifiableSortedMap(new TreeMap<>(rejections));
    approvals = List.copyOf(approvals);
    freezes = List.copyOf(freezes);
  }

  /** What comes of a word. */
  public sealed interface Change {
    /** It stands from now on. */
    record Made(InterventionState next) implements Change {}

    /** It contradicts what stands: said again by somebody else, or nothing there to take back. */
    record Refused(String reason) implements Change {}
  }

  public Optional<Attribution> stop(Instant now) {
    return stop.filter(attribution -> attribution.isInForce(now));
  }

  public Optional<Attribution> hold(EnvironmentId environment, Instant now) {
    return Optional.ofNullable(holds.get(environment))
        .filter(attribution -> attribution.isInForce(now));
  }

  public Optional<Attribution> rejection(ReleaseId release, Instant now) {
    return Optional.ofNullable(rejections.get(release))
        .filter(attribution -> attribution.isInForce(now));
  }

  /** Expired ones included, as long as they are kept: people may ask why. */
  public List<Approval> approvals(ReleaseId release, EnvironmentId environment) {
    return approvals.stream()
        .filter(a -> a.release().equals(release) && a.environment().equals(environment))
        .toList();
  }

  /** A person's own, of whom there is never more than one for the same. */
  public Optional<Approval> approval(
      ReleaseId release, EnvironmentId environment, Requester person) {
    return approvals(release, environment).stream()
        .filter(approval -> approval.given().by().id().equals(person.id()))
        .findFirst();
  }

  /** Those in force and those to come, for an environment. */
  public List<Freeze> freezes(EnvironmentId environment, Instant now) {
    return freezes.stream()
        .filter(freeze -> freeze.concerns(environment) && freeze.set().isInForce(now))
        .toList();
  }

  /** Without the approvals that can no longer let anything go. */
  public InterventionState without(Predicate<Approval> spent) {
    return new InterventionState(
        version,
        stop,
        holds,
        rejections,
        approvals.stream().filter(spent.negate()).toList(),
        freezes);
  }

  /**
   * Why whatever is asked of one version cannot be done: other words stand by now than whoever asks
   * has seen. Empty if this is that version.
   */
  public Optional<String> otherThan(long expected) {
    return version == expected
        ? Optional.empty()
        : Optional.of(
            "what operators have said is at version %s, not at version %s: look again"
                .formatted(version, expected));
  }

  /**
   * What stands after a word. One that is already said is refused rather than overwritten, so that
   * whoever says it second learns of the first; one that has expired can be said again. What
   * expired long ago goes.
   */
  public Change after(Intervention intervention, Attribution attribution) {
    Optional<String> contradiction =
        inForce(attribution.at()).contradiction(intervention, attribution);
    if (contradiction.isPresent()) {
      return new Change.Refused(contradiction.get());
    }
    InterventionState next = inForce(attribution.at().minus(KEPT)).with(intervention, attribution);
    return isLimited(intervention) && next.approvals.size() + next.freezes.size() > LIMIT
        ? new Change.Refused(
            "there are %s approvals and freezes already, those included that expired within a day"
                    .formatted(LIMIT)
                + "; take some back first")
        : new Change.Made(next);
  }

  /**
   * What stands after a word, where words have vanished: these are older than what was known. Only
   * to stop and to resume can be said then, whether stopped or not, for whoever says that has
   * decided whether automation goes on. The versions go on from the known one, so that every
   * process learns of it.
   *
   * @param known the version that was known
   */
  public Change afterLoss(Intervention intervention, Attribution attribution, long known) {
    return switch (intervention) {
      case Intervention.StopEverything _, Intervention.ResumeEverything _ -> {
        InterventionState next = with(intervention, attribution);
        yield new Change.Made(
            new InterventionState(
                known + 1, next.stop, next.holds, next.rejections, next.approvals, next.freezes));
      }
      case Intervention.Hold _,
          Intervention.Resume _,
          Intervention.Reject _,
          Intervention.Unreject _,
          Intervention.Approve _,
          Intervention.Withdraw _,
          Intervention.SetFreeze _,
          Intervention.LiftFreeze _ ->
          new Change.Refused(
              "what operators have said has vanished, and nothing is decided until somebody stops"
                  + " or resumes: stop first, say again what is to stand, then resume");
    };
  }

  private static boolean isLimited(Intervention intervention) {
    return intervention instanceof Intervention.Approve
        || intervention instanceof Intervention.SetFreeze;
  }

  private Optional<String> contradiction(Intervention intervention, Attribution attribution) {
    return switch (intervention) {
      case Intervention.Hold(EnvironmentId id) ->
          already(Optional.ofNullable(holds.get(id)), id + " is already held");
      case Intervention.Resume(EnvironmentId id) ->
          holds.containsKey(id) ? Optional.empty() : Optional.of(id + " is not held");
      case Intervention.Reject(ReleaseId id) ->
          already(
              Optional.ofNullable(rejections.get(id)),
              "release %s is already rejected".formatted(id.shortForm()));
      case Intervention.Unreject(ReleaseId id) ->
          rejections.containsKey(id)
              ? Optional.empty()
              : Optional.of("release %s is not rejected".formatted(id.shortForm()));
      case Intervention.Approve(ReleaseId release, EnvironmentId environment) ->
          approval(release, environment, attribution.by())
              .map(
                  approval ->
                      "%s has already approved release %s for %s"
                          .formatted(attribution.by().name(), release.shortForm(), environment));
      case Intervention.Withdraw(ReleaseId release, EnvironmentId environment) ->
          approval(release, environment, attribution.by()).isPresent()
              ? Optional.empty()
              : Optional.of(
                  "%s has no approval of release %s for %s to withdraw"
                      .formatted(attribution.by().name(), release.shortForm(), environment));
      case Intervention.SetFreeze freeze ->
          already(
              freezes.stream()
                  .filter(other -> other.id().equals(freeze.id()))
                  .map(Freeze::set)
                  .findFirst(),
              "there is a freeze '%s' already".formatted(freeze.id()));
      case Intervention.LiftFreeze(String id, Optional<EnvironmentId> environment) ->
          freezes.stream()
              .filter(freeze -> freeze.id().equals(id))
              .findFirst()
              .map(freeze -> elsewhere(freeze, environment))
              .orElseGet(() -> Optional.of("there is no freeze '%s'".formatted(id)));
      case Intervention.StopEverything() -> already(stop, "everything is already stopped");
      case Intervention.ResumeEverything() ->
          stop.isPresent() ? Optional.empty() : Optional.of("nothing is stopped");
    };
  }

  private static Optional<String> elsewhere(Freeze freeze, Optional<EnvironmentId> environment) {
    return freeze.environment().equals(environment)
        ? Optional.empty()
        : Optional.of(
            "the freeze '%s' is for %s: lift it there"
                .formatted(
                    freeze.id(),
                    freeze.environment().map(EnvironmentId::value).orElse("all of the project")));
  }

  private static Optional<String> already(Optional<Attribution> earlier, String what) {
    return earlier.map(
        attribution ->
            "%s, by %s since %s: %s"
                .formatted(what, attribution.by().name(), attribution.at(), attribution.reason()));
  }

  /** In the place of the same word of before, which has expired if it was there. */
  private InterventionState with(Intervention intervention, Attribution attribution) {
    Optional<Attribution> newStop = stop;
    var newHolds = new TreeMap<>(holds);
    var newRejections = new TreeMap<>(rejections);
    var newApprovals = new ArrayList<>(approvals);
    var newFreezes = new ArrayList<>(freezes);
    switch (intervention) {
      case Intervention.Hold(EnvironmentId id) -> newHolds.put(id, attribution);
      case Intervention.Resume(EnvironmentId id) -> newHolds.remove(id);
      case Intervention.Reject(ReleaseId id) -> newRejections.put(id, attribution);
      case Intervention.Unreject(ReleaseId id) -> newRejections.remove(id);
      case Intervention.Approve(ReleaseId release, EnvironmentId environment) -> {
        approval(release, environment, attribution.by()).ifPresent(newApprovals::remove);
        newApprovals.add(new Approval(release, environment, attribution));
      }
      case Intervention.Withdraw(ReleaseId release, EnvironmentId environment) ->
          approval(release, environment, attribution.by()).ifPresent(newApprovals::remove);
      case Intervention.SetFreeze freeze -> {
        newFreezes.removeIf(other -> other.id().equals(freeze.id()));
        newFreezes.add(new Freeze(freeze.id(), freeze.environment(), freeze.from(), attribution));
      }
      case Intervention.LiftFreeze(String id, Optional<EnvironmentId> _) ->
          newFreezes.removeIf(freeze -> freeze.id().equals(id));
      case Intervention.StopEverything() -> newStop = Optional.of(attribution);
      case Intervention.ResumeEverything() -> newStop = Optional.empty();
    }
    return new InterventionState(
        version + 1, newStop, newHolds, newRejections, newApprovals, newFreezes);
  }

  private InterventionState inForce(Instant now) {
    var newHolds = new TreeMap<>(holds);
    newHolds.values().removeIf(attribution -> !attribution.isInForce(now));
    var newRejections = new TreeMap<>(rejections);
    newRejections.values().removeIf(attribution -> !attribution.isInForce(now));
    return new InterventionState(
        version,
        stop(now),
        newHolds,
        newRejections,
        approvals.stream().filter(approval -> approval.given().isInForce(now)).toList(),
        freezes.stream().filter(freeze -> freeze.set().isInForce(now)).toList());
  }
}
