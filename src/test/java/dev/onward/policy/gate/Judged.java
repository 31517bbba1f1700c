package dev.onward.policy.gate;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.intervention.Approval;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Freeze;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest;
import dev.onward.policy.Candidate;
import dev.onward.policy.Gate;
import dev.onward.policy.SoakPeriod;
import dev.onward.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A candidate on its way from stage to prod, at noon on a Monday, and the facts that a scenario
 * gives it. Nobody has said anything, and nothing has ever been deployed.
 */
final class Judged {
  static final EnvironmentId STAGE = new EnvironmentId("stage");
  static final EnvironmentId PROD = new EnvironmentId("prod");
  static final ReleaseId RELEASE = new ReleaseId("3f1c2a9e-0000-0000-0000-000000000000");
  static final Requester ALICE = new Requester("arn:alice", "Alice");
  static final Requester BOB = new Requester("arn:bob", "Bob");
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  Instant now = NOON;
  Instant created = NOON;
  boolean converged = true;
  boolean runsInSource = true;
  InterventionState globalInterventions = InterventionState.NONE;
  InterventionState project = InterventionState.NONE;
  final List<SoakPeriod> soakPeriods = new ArrayList<>();
  final Set<ServiceId> drift = new HashSet<>();
  final List<Instant> deployments = new ArrayList<>();

  Candidate candidate() {
    var release =
        new Release(
            RELEASE,
            new ProjectId("storage"),
            "Storage service",
            created,
            Optional.empty(),
            "",
            Requester.ONWARD,
            ImageSet.EMPTY,
            ReleaseManifest.NONE,
            List.of());
    return new Candidate(
        release,
        STAGE,
        PROD,
        converged,
        soakPeriods,
        runsInSource,
        runsInSource && converged && drift.isEmpty(),
        new TreeSet<>(drift),
        deployments,
        globalInterventions,
        project,
        Map.of(),
        now);
  }

  Verdict by(Gate gate) {
    return gate.judge(candidate());
  }

  /** In the source since then, and still there. */
  Judged inSourceSince(String moment) {
    soakPeriods.add(new SoakPeriod(at(moment), Optional.empty()));
    return this;
  }

  Judged inSource(String from, String to) {
    soakPeriods.add(new SoakPeriod(at(from), Optional.of(at(to))));
    return this;
  }

  Judged replaced() {
    runsInSource = false;
    return this;
  }

  Judged drifted(String... services) {
    Arrays.stream(services).map(ServiceId::new).forEach(drift::add);
    return this;
  }

  Judged deployed(String... moments) {
    Arrays.stream(moments).map(Judged::at).forEach(deployments::add);
    return this;
  }

  static Judged with(InterventionState project) {
    return with(InterventionState.NONE, project);
  }

  static Judged with(InterventionState globalInterventions, InterventionState project) {
    var judged = new Judged();
    judged.globalInterventions = globalInterventions;
    judged.project = project;
    return judged;
  }

  static InterventionState stopped(Attribution attribution) {
    return words(Optional.of(attribution), Map.of(), List.of(), List.of());
  }

  static InterventionState held(EnvironmentId environment, Attribution attribution) {
    return words(Optional.empty(), Map.of(environment, attribution), List.of(), List.of());
  }

  static InterventionState approved(Approval... approvals) {
    return words(Optional.empty(), Map.of(), List.of(approvals), List.of());
  }

  static InterventionState frozen(Freeze... freezes) {
    return words(Optional.empty(), Map.of(), List.of(), List.of(freezes));
  }

  private static InterventionState words(
      Optional<Attribution> stop,
      Map<EnvironmentId, Attribution> holds,
      List<Approval> approvals,
      List<Freeze> freezes) {
    return new InterventionState(
        1, stop, new TreeMap<>(holds), new TreeMap<>(), approvals, freezes);
  }

  static Attribution said(Requester by, String moment, String reason) {
    return new Attribution(by, at(moment), reason, Optional.empty());
  }

  static Attribution said(Requester by, String moment, String reason, String until) {
    return new Attribution(by, at(moment), reason, Optional.of(at(until)));
  }

  static Approval approval(Requester by, String moment) {
    return new Approval(RELEASE, PROD, said(by, moment, "looks good"));
  }

  /** A time of the day, or a moment. */
  static Instant at(String moment) {
    return Instant.parse(moment.length() == 5 ? "2026-11-23T" + moment + ":00Z" : moment);
  }

  static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }
}
