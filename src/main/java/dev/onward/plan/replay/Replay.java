package dev.onward.plan.replay;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.EnvironmentExplanation.CandidateExplanation;
import dev.onward.plan.Plan;
import dev.onward.plan.replay.ReplayHistory.Recorded;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.ApprovalsGate;
import dev.onward.policy.gate.PromotionPolicy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Computes what a manifest's policies would have done with a project's recorded history, by running
 * the planner in a world in which releases appear when they were really created.
 *
 * <p>Time advances from event to event rather than by a fixed step: a release is created, a person
 * deploys or approves, or the gates that hold a release are due to pass.
 *
 * <ul>
 *   <li>Initially each environment has what the recorded deployments say, converged, and no earlier
 *       deployment by a person excludes any release.
 *   <li>The older tool's releases, which name no label, count as releases of the manifest's own
 *       label; composed releases are deployed by people only.
 *   <li>Approvals are given as {@link ReplayAssumptions} define, all required ones together and
 *       only once: one that expires before the other gates pass is not given again.
 *   <li>Change calendars are open, and checks pass as long as a release is in the source
 *       environment. There are no holds, freezes, stops or rejections.
 *   <li>People's recorded deployments are made only if the assumptions say so. The floor that a
 *       person's deployment sets is then respected.
 * </ul>
 */
public final class Replay {
  /** A busy project has some thousands of events a month. */
  static final int MOST_STEPS = 100_000;

  private final DesiredState desired;
  private final ReplayAssumptions assumptions;
  private final Runnable checkpoint;
  private final ReplayWorld world;
  private final Deque<Release> toAppear;
  private final Deque<Recorded> toDeploy;
  private final PriorityQueue<Due> toApprove =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::release));
  private final Set<Asked> asked = new HashSet<>();

  private Replay(
      DesiredState desired,
      ReplayHistory history,
      Instant from,
      ReplayAssumptions assumptions,
      Runnable checkpoint) {
    this.desired = desired;
    this.assumptions = assumptions;
    this.checkpoint = checkpoint;
    this.world = new ReplayWorld(desired, history, from);
    this.toAppear =
        new ArrayDeque<>(
            history.releases().stream().filter(r -> !r.createdAt().isBefore(from)).toList());
    this.toDeploy =
        new ArrayDeque<>(
            history.deployments().stream()
                .filter(made -> assumptions.withPeople() && made.byPerson())
                .filter(made -> !made.at().isBefore(from))
                .filter(made -> desired.environment(made.environment()).isPresent())
                .toList());
  }

  /** Requested approvals. */
  private record Asked(ReleaseId release, EnvironmentId environment) {}

  /** Scheduled approvals. */
  private record Due(Instant at, ReleaseId release, EnvironmentId environment, int count) {}

  /**
   * Replays the history over a period, both ends included.
   *
   * @param recorded the project's releases with their deployments, in any order; deployments before
   *     {@code from} are known only as far as these go back
   * @param checkpoint runs before every step and every row of the report; its exceptions end the
   *     replay
   */
  public static ReplayResult of(
      DesiredState desired,
      List<Release> recorded,
      Instant from,
      Instant to,
      ReplayAssumptions assumptions,
      Runnable checkpoint) {
    return of(desired, recorded, from, to, assumptions, checkpoint, MOST_STEPS);
  }

  static ReplayResult of(
      DesiredState desired,
      List<Release> recorded,
      Instant from,
      Instant to,
      ReplayAssumptions assumptions,
      Runnable checkpoint,
      int mostSteps) {
    if (!from.isBefore(to)) {
      throw new InvalidValueException("to", to.toString(), "a time after 'from', " + from);
    }
    var history = ReplayHistory.of(recorded, desired.releases().fromLabel());
    var replay = new Replay(desired, history, from, assumptions, checkpoint);
    Instant endedAt = replay.run(from, to, mostSteps);
    Plan last = replay.world.settle(endedAt);
    return new ReplayReport(desired, history, replay.world, last, from, to, endedAt, checkpoint)
        .result(assumptions);
  }

  /** Returns the end: {@code to}, or the time at which it stopped early. */
  private Instant run(Instant from, Instant to, int mostSteps) {
    Instant now = from;
    for (int steps = 1; ; steps++) {
      checkpoint.run();
      happen(now);
      Plan settled = world.settle(now);
      askForApprovals(settled, now);
      Optional<Instant> next = next(settled, now).filter(at -> !at.isAfter(to));
      if (next.isEmpty()) {
        return to;
      }
      if (steps >= mostSteps) {
        return now;
      }
      now = next.get();
    }
  }

  /** Applies what is due until now; builds first, since people deploy what exists. */
  private void happen(Instant now) {
    while (!toAppear.isEmpty() && !toAppear.getFirst().createdAt().isAfter(now)) {
      world.appear(toAppear.removeFirst());
    }
    while (!toDeploy.isEmpty() && !toDeploy.getFirst().at().isAfter(now)) {
      world.deployByPerson(toDeploy.removeFirst(), now);
    }
    while (!toApprove.isEmpty() && !toApprove.element().at().isAfter(now)) {
      Due due = toApprove.remove();
      world.approve(due.release(), due.environment(), due.count(), now);
    }
  }

  private void askForApprovals(Plan settled, Instant now) {
    if (assumptions.approvedAfter().isEmpty()) {
      return;
    }
    Instant at = now.plus(assumptions.approvedAfter().get());
    for (DesiredEnvironment environment : automatic()) {
      Optional<Integer> count =
          environment.promotion().stream()
              .flatMap(policy -> policy.gates().stream())
              .flatMap(gate -> gate instanceof ApprovalsGate(int c, _) ? Stream.of(c) : Stream.of())
              .findFirst();
      Optional<ReleaseId> candidate =
          Optional.ofNullable(settled.environments().get(environment.id()))
              .flatMap(EnvironmentExplanation::candidate)
              .map(it -> it.release().id());
      if (count.isPresent()
          && candidate.isPresent()
          && asked.add(new Asked(candidate.get(), environment.id()))) {
        toApprove.add(new Due(at, candidate.get(), environment.id(), count.get()));
      }
    }
  }

  /** An approval may be due at this very time; everything else is later. */
  private Optional<Instant> next(Plan settled, Instant now) {
    Stream<Instant> later =
        Stream.of(
                Optional.ofNullable(toAppear.peekFirst()).map(Release::createdAt),
                Optional.ofNullable(toDeploy.peekFirst()).map(Recorded::at),
                Optional.ofNullable(toApprove.peek()).map(Due::at))
            .flatMap(Optional::stream);
    Stream<Instant> gates =
        automatic().stream()
            .flatMap(environment -> world.waiting(environment, settled, now).stream())
            .flatMap(candidate -> nextEvaluation(candidate).stream())
            .filter(at -> at.isAfter(now));
    return Stream.concat(later, gates).min(Comparator.naturalOrder());
  }

  /** When every gate that holds it will have passed on its own; absent if one never will. */
  private static Optional<Instant> nextEvaluation(CandidateExplanation candidate) {
    List<Optional<Instant>> times =
        candidate.verdicts().stream()
            .flatMap(
                verdict ->
                    verdict instanceof Verdict.Held held
                        ? Stream.of(held.nextEvaluation())
                        : Stream.<Optional<Instant>>empty())
            .toList();
    return times.stream().allMatch(Optional::isPresent)
        ? times.stream().flatMap(Optional::stream).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  /** With a manual mode nothing is promoted automatically. */
  private List<DesiredEnvironment> automatic() {
    return desired.environments().stream()
        .filter(
            environment ->
                environment
                    .promotion()
                    .map(PromotionPolicy::mode)
                    .filter(PromotionMode.AUTO::equals)
                    .isPresent())
        .toList();
  }
}
