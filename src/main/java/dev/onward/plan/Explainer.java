package dev.onward.plan;

import dev.onward.model.ServiceId;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.plan.EnvironmentExplanation.Behind;
import dev.onward.plan.EnvironmentExplanation.CandidateExplanation;
import dev.onward.plan.EnvironmentExplanation.Drifted;
import dev.onward.plan.EnvironmentExplanation.State;
import dev.onward.policy.EnvironmentContext;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.PromotionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Explains one environment in sentences: what is deployed, what could be promoted, and why it is
 * not.
 */
record Explainer(
    DesiredState project,
    DesiredEnvironment desired,
    ObservedEnvironment seen,
    ObservedState observed,
    Optional<Promotion> promotion,
    Instant now) {

  EnvironmentExplanation explain(List<Action> actions) {
    Optional<DeployedRelease> current = seen.head().flatMap(EnvironmentHead::current);
    Optional<Release> release = current.flatMap(c -> observed.release(c.release()));
    Optional<ParameterDiff> convergence =
        seen.head()
            .flatMap(
                head ->
                    release.map(r -> ParameterDiff.compare(desired, r, head, seen, observed, now)));
    List<Drifted> drift = convergence.map(ParameterDiff::drift).orElse(List.of());
    boolean converged = seen.head().map(EnvironmentHead::converged).orElse(false);
    Optional<CandidateExplanation> candidate = promotion.flatMap(Promotion::candidate);
    Optional<SourceSync> sync = SourceSync.of(project, desired, current, observed);
    List<Verdict> held = candidate.map(CandidateExplanation::held).orElseGet(this::heldAnyway);
    State free = state(current, converged, sync);
    boolean heldAlone = candidate.isEmpty() && !held.isEmpty() && free != State.CONVERGING;
    String summary = summary(free, current, release, convergence, sync, actions);
    return new EnvironmentExplanation(
        desired.id(),
        desired.name(),
        promotion.map(Promotion::source),
        current,
        release,
        candidate,
        promotion.map(Promotion::skipped).orElse(List.of()),
        promotion.map(Promotion::behind).orElse(Behind.NONE),
        sync,
        converged,
        drift,
        unmanaged(release),
        held,
        heldAlone ? State.HELD : free,
        heldAlone ? "held: %s; %s".formatted(reasons(held), summary) : summary,
        candidate.isPresent()
            ? candidate.flatMap(CandidateExplanation::readyAt)
            : ReadyTimeEstimate.end(held),
        current.flatMap(c -> observed.interventions().rejection(c.release(), now)),
        convergence.map(ParameterDiff::blocked).orElseGet(TreeSet::new));
  }

  /** What would hold any release now; without a policy, a person's deployment. */
  private List<Verdict> heldAnyway() {
    return desired
        .promotion()
        .orElseGet(() -> PromotionPolicy.manual(project.releases().fromLabel()))
        .holdingAnything(
            new EnvironmentContext(
                desired.id(), observed.globalInterventions(), observed.interventions(), now));
  }

  /** The state if no intervention and no freeze holds the environment. */
  private State state(
      Optional<DeployedRelease> current, boolean converged, Optional<SourceSync> sync) {
    if (promotion.flatMap(Promotion::chosen).isPresent()) {
      return State.PROMOTING;
    }
    if (promotion.isPresent() && current.isPresent() && !converged) {
      return State.CONVERGING;
    }
    if (promotion.flatMap(Promotion::candidate).isPresent()) {
      return State.HELD;
    }
    if (promotion.filter(p -> p.behind().releases() > 0).isPresent()) {
      return State.PAUSED;
    }
    if (desired.promotion().isEmpty()) {
      return State.UNMANAGED;
    }
    return current
        .flatMap(_ -> sync)
        .map(SourceSync::status)
        .map(
            status ->
                switch (status) {
                  case IN_SYNC -> State.IN_SYNC;
                  case BEHIND -> State.BEHIND;
                  case AHEAD -> State.AHEAD;
                  case DIVERGED -> State.DIVERGED;
                })
        .orElse(State.EMPTY);
  }

  private String summary(
      State state,
      Optional<DeployedRelease> current,
      Optional<Release> release,
      Optional<ParameterDiff> convergence,
      Optional<SourceSync> sync,
      List<Action> actions) {
    if (current.isPresent() && release.isEmpty()) {
      return "release %s, deployed here, is not in the releases table"
          .formatted(current.get().release());
    }
    return switch (state) {
      case EMPTY ->
          promotion.isPresent()
              ? "nothing is deployed, and %s has no release yet".formatted(source())
              : "not evaluated yet";
      case UNMANAGED ->
          "no promotion policy: Onward only observes%s%s"
              .formatted(
                  current.isPresent() ? "" : "; nothing was ever deployed", drifted(convergence));
      case IN_SYNC, BEHIND, AHEAD, DIVERGED ->
          sync.map(SourceSync::sentence).orElse("") + drifted(convergence);
      case PROMOTING -> "release %s is promoted from %s".formatted(candidateId(), source());
      case HELD -> "release %s is held: %s".formatted(candidateId(), heldBy());
      case PAUSED ->
          "%s newer in %s, none considered: %s"
              .formatted(
                  promotion.orElseThrow().behind().releases(),
                  source(),
                  promotion.orElseThrow().paused());
      case CONVERGING -> converging(convergence, actions);
    };
  }

  private String converging(Optional<ParameterDiff> convergence, List<Action> actions) {
    var blocked = convergence.map(ParameterDiff::blocked).orElseGet(TreeSet::new);
    if (!blocked.isEmpty()) {
      return "cannot write %s: the parameter is not of type String".formatted(names(blocked));
    }
    boolean writing = actions.stream().anyMatch(a -> a instanceof Action.ConvergeParameters);
    int left = convergence.map(c -> c.differing().size() + c.unconfirmed().size()).orElse(0);
    return writing
        ? "writing " + Words.counted(left, "parameter")
        : "waiting for the older tool to write " + Words.counted(left, "parameter");
  }

  private static String drifted(Optional<ParameterDiff> convergence) {
    var drift = convergence.map(ParameterDiff::drift).orElse(List.of());
    if (drift.isEmpty()) {
      return "";
    }
    var services = new TreeSet<ServiceId>();
    drift.forEach(drifted -> services.add(drifted.service()));
    return "; parameters drifted: " + names(services);
  }

  private String heldBy() {
    return reasons(
        promotion.flatMap(Promotion::candidate).map(CandidateExplanation::held).orElse(List.of()));
  }

  private static String reasons(List<Verdict> held) {
    return held.stream().map(Verdict::reason).collect(Collectors.joining("; "));
  }

  private String candidateId() {
    return promotion
        .flatMap(Promotion::candidate)
        .map(candidate -> candidate.release().id().shortForm())
        .orElse("?");
  }

  private String source() {
    return promotion.map(p -> p.source().value()).orElse("?");
  }

  private SortedSet<ServiceId> unmanaged(Optional<Release> release) {
    var unmanaged = new TreeSet<ServiceId>();
    release.ifPresent(
        r -> {
          unmanaged.addAll(seen.parameters().keySet());
          unmanaged.removeAll(r.images().images().keySet());
        });
    return unmanaged;
  }

  private static String names(SortedSet<ServiceId> services) {
    return services.stream().map(ServiceId::value).collect(Collectors.joining(", "));
  }
}
