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
 * All interventions in force for one project, or globally. Stored as one item: every change is
 * conditional on its version, and so is every deployment that automation records.
 *
 * @param version counts the changes; 0 if none was ever made
 * @param stop the global stop, if one is in force
 */
public record InterventionState(
    long version,
    Optional<Attribution> stop,
    SortedMap<EnvironmentId, Attribution> holds,
    SortedMap<ReleaseId, Attribution> rejections,
    List<Approval> approvals,
    List<Freeze> freezes) {
  /**
   * Limit of approvals and freezes together: one item holds them all, and every cycle reads it.
   * Interventions that stop automation are never rejected because of it.
   */
  public static final int LIMIT = 200;

  /**
   * How long an expired intervention is kept. The next writer's clock may be ahead, and would
   * otherwise drop other operators' interventions that are still in force.
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

  /** The result of applying an intervention. */
  public sealed interface Change {
    /** The new state, in force from now on. */
    record Made(InterventionState next) implements Change {}

    /**
     * It conflicts with the current state: already set by another operator, or nothing to remove.
     */
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

  /** Includes expired approvals for as long as they are kept, so that they can be explained. */
  public List<Approval> approvals(ReleaseId release, EnvironmentId environment) {
    return approvals.stream()
        .filter(a -> a.release().equals(release) && a.environment().equals(environment))
        .toList();
  }

  /** The approval by one requester; there is at most one for each release and environment. */
  public Optional<Approval> approval(
      ReleaseId release, EnvironmentId environment, Requester person) {
    return approvals(release, environment).stream()
        .filter(approval -> approval.given().by().id().equals(person.id()))
        .findFirst();
  }

  /** The freezes of an environment that are in force or scheduled. */
  public List<Freeze> freezes(EnvironmentId environment, Instant now) {
    return freezes.stream()
        .filter(freeze -> freeze.concerns(environment) && freeze.set().isInForce(now))
        .toList();
  }

  /** This state without approvals that can no longer have an effect. */
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
   * Why a command that expects one version cannot be executed: the interventions changed since.
   * Empty if the version is the current one.
   */
  public Optional<String> otherThan(long expected) {
    return version == expected
        ? Optional.empty()
        : Optional.of(
            "the interventions are at version %s, not at version %s: read them again"
                .formatted(version, expected));
  }

  /**
   * The state after an intervention. Setting one that is already in force is rejected rather than
   * overwritten, so that the second operator learns of the first; an expired one can be set again.
   * Entries that expired longer ago than {@link #KEPT} are dropped.
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
   * The state after an intervention when stored interventions were lost, that is, this state is
   * older than one seen before. Only stop and resume are accepted, whether or not a stop is in
   * force: they decide explicitly whether automation continues. Versions continue from the known
   * one, so that every process notices the change.
   *
   * @param known the version seen before
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
              "the stored interventions were lost, and automation is paused until an operator stops"
                  + " or resumes: stop, set the required interventions again, then resume");
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

  /** Replaces an expired entry for the same target, if there is one. */
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
