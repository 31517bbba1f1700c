package dev.onward.model;

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
public record Interventions(
    long version,
    Optional<Intervention> stop,
    SortedMap<EnvironmentId, Intervention> holds,
    SortedMap<ReleaseId, Intervention> rejections,
    List<Approval> approvals,
    List<Freeze> freezes) {
  /** Of all kinds together: one item holds them, and every cycle reads it. */
  public static final int LIMIT = 200;

  public static final Interventions NONE =
      new Interventions(
          0, Optional.empty(), new TreeMap<>(), new TreeMap<>(), List.of(), List.of());

  public Interventions {
    holds = Collections.unmodifiableSortedMap(new TreeMap<>(holds));
    rejections = Collections.unmodifiableSortedMap(new TreeMap<>(rejections));
    approvals = List.copyOf(approvals);
    freezes = List.copyOf(freezes);
  }

  /** What comes of a word. */
  public sealed interface Change {
    /** It stands from now on. */
    record Made(Interventions next) implements Change {}

    /** It contradicts what stands: said again by somebody else, or nothing there to take back. */
    record Refused(String reason) implements Change {}
  }

  public Optional<Intervention> stop(Instant now) {
    return stop.filter(said -> said.isInForce(now));
  }

  public Optional<Intervention> hold(EnvironmentId environment, Instant now) {
    return Optional.ofNullable(holds.get(environment)).filter(said -> said.isInForce(now));
  }

  public Optional<Intervention> rejection(ReleaseId release, Instant now) {
    return Optional.ofNullable(rejections.get(release)).filter(said -> said.isInForce(now));
  }

  /** Expired ones included, as long as nothing else was said since: people may ask why. */
  public List<Approval> approvals(ReleaseId release, EnvironmentId environment) {
    return approvals.stream()
        .filter(a -> a.release().equals(release) && a.environment().equals(environment))
        .toList();
  }

  /** Those in force and those to come, for an environment. */
  public List<Freeze> freezes(EnvironmentId environment, Instant now) {
    return freezes.stream()
        .filter(freeze -> freeze.concerns(environment) && freeze.set().isInForce(now))
        .toList();
  }

  /** Without the approvals that can no longer let anything go. */
  public Interventions without(Predicate<Approval> spent) {
    return new Interventions(
        version,
        stop,
        holds,
        rejections,
        approvals.stream().filter(spent.negate()).toList(),
        freezes);
  }

  /**
   * What stands after a word. One that is already said is refused rather than overwritten, so that
   * whoever says it second learns of the first. What has expired goes.
   */
  public Change after(OperatorWord word, Intervention said) {
    Interventions standing = inForce(said.at());
    Optional<String> contradiction = standing.contradiction(word, said);
    if (contradiction.isPresent()) {
      return new Change.Refused(contradiction.get());
    }
    Interventions next = standing.with(word, said);
    return next.size() > LIMIT
        ? new Change.Refused(
            "%d words of operators stand already; take some back first".formatted(LIMIT))
        : new Change.Made(next);
  }

  private Optional<String> contradiction(OperatorWord word, Intervention said) {
    return switch (word) {
      case OperatorWord.Hold(EnvironmentId id) ->
          already(Optional.ofNullable(holds.get(id)), id + " is already held");
      case OperatorWord.Resume(EnvironmentId id) ->
          holds.containsKey(id) ? Optional.empty() : Optional.of(id + " is not held");
      case OperatorWord.Reject(ReleaseId id) ->
          already(
              Optional.ofNullable(rejections.get(id)),
              "release %s is already rejected".formatted(id.shortForm()));
      case OperatorWord.Unreject(ReleaseId id) ->
          rejections.containsKey(id)
              ? Optional.empty()
              : Optional.of("release %s is not rejected".formatted(id.shortForm()));
      case OperatorWord.Approve(ReleaseId release, EnvironmentId environment) ->
          approvals(release, environment).stream()
              .filter(approval -> approval.given().by().id().equals(said.by().id()))
              .findFirst()
              .map(
                  approval ->
                      "%s has already approved release %s for %s"
                          .formatted(said.by().name(), release.shortForm(), environment));
      case OperatorWord.SetFreeze freeze ->
          already(
              freezes.stream()
                  .filter(other -> other.id().equals(freeze.id()))
                  .map(Freeze::set)
                  .findFirst(),
              "there is a freeze '%s' already".formatted(freeze.id()));
      case OperatorWord.LiftFreeze(String id) ->
          freezes.stream().anyMatch(freeze -> freeze.id().equals(id))
              ? Optional.empty()
              : Optional.of("there is no freeze '%s'".formatted(id));
      case OperatorWord.StopEverything() -> already(stop, "everything is already stopped");
      case OperatorWord.ResumeEverything() ->
          stop.isPresent() ? Optional.empty() : Optional.of("nothing is stopped");
    };
  }

  private static Optional<String> already(Optional<Intervention> earlier, String what) {
    return earlier.map(
        said ->
            "%s, by %s since %s: %s".formatted(what, said.by().name(), said.at(), said.reason()));
  }

  private Interventions with(OperatorWord word, Intervention said) {
    Optional<Intervention> newStop = stop;
    var newHolds = new TreeMap<>(holds);
    var newRejections = new TreeMap<>(rejections);
    var newApprovals = new ArrayList<>(approvals);
    var newFreezes = new ArrayList<>(freezes);
    switch (word) {
      case OperatorWord.Hold(EnvironmentId id) -> newHolds.put(id, said);
      case OperatorWord.Resume(EnvironmentId id) -> newHolds.remove(id);
      case OperatorWord.Reject(ReleaseId id) -> newRejections.put(id, said);
      case OperatorWord.Unreject(ReleaseId id) -> newRejections.remove(id);
      case OperatorWord.Approve(ReleaseId release, EnvironmentId environment) ->
          newApprovals.add(new Approval(release, environment, said));
      case OperatorWord.SetFreeze freeze ->
          newFreezes.add(new Freeze(freeze.id(), freeze.environment(), freeze.from(), said));
      case OperatorWord.LiftFreeze(String id) ->
          newFreezes.removeIf(freeze -> freeze.id().equals(id));
      case OperatorWord.StopEverything() -> newStop = Optional.of(said);
      case OperatorWord.ResumeEverything() -> newStop = Optional.empty();
    }
    return new Interventions(
        version + 1, newStop, newHolds, newRejections, newApprovals, newFreezes);
  }

  private Interventions inForce(Instant now) {
    var newHolds = new TreeMap<>(holds);
    newHolds.values().removeIf(said -> !said.isInForce(now));
    var newRejections = new TreeMap<>(rejections);
    newRejections.values().removeIf(said -> !said.isInForce(now));
    return new Interventions(
        version,
        stop(now),
        newHolds,
        newRejections,
        approvals.stream().filter(approval -> approval.given().isInForce(now)).toList(),
        freezes.stream().filter(freeze -> freeze.set().isInForce(now)).toList());
  }

  private int size() {
    return holds.size() + rejections.size() + approvals.size() + freezes.size();
  }
}
