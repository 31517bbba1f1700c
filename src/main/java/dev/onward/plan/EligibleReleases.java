package dev.onward.plan;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Source;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.policy.SoakPeriod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The releases that a source offers, newest first. */
public final class EligibleReleases {
  private static final Comparator<Eligible> NEWEST_FIRST =
      Comparator.comparing(Eligible::release, Release.BY_AGE.reversed());

  private EligibleReleases() {}

  public static List<Eligible> of(Source source, ObservedState observed) {
    return switch (source) {
      case Label label -> ofLabel(label, observed);
      case EnvironmentId environment -> ofEnvironment(environment, observed);
    };
  }

  /** The chain of releases, from the label's head backwards as far as it was observed. */
  private static List<Eligible> ofLabel(Label label, ObservedState observed) {
    var eligible = new ArrayList<Eligible>();
    var seen = new HashSet<ReleaseId>();
    Optional<Release> at =
        observed.label(label).head().flatMap(head -> observed.release(head.release()));
    while (at.isPresent() && seen.add(at.get().id())) {
      eligible.add(
          new Eligible(at.get(), at.get().createdAt(), List.of(), false, false, Optional.empty()));
      at = at.get().manifest().previous().flatMap(observed::release);
    }
    return eligible;
  }

  /**
   * The releases deployed to the environment. One superseded by a newer release is still offered;
   * one that was rolled back is not, until it is deployed there again.
   */
  private static List<Eligible> ofEnvironment(EnvironmentId environment, ObservedState observed) {
    Optional<EnvironmentHead> head = observed.environment(environment).head();
    if (head.isEmpty()) {
      return List.of();
    }
    Map<ReleaseId, Standing> standings = standings(head.get(), environment, observed);
    var eligible = new ArrayList<Eligible>();
    standings.forEach(
        (id, standing) ->
            observed
                .release(id)
                .ifPresent(release -> eligible.add(standing.offer(release, environment))));
    eligible.sort(NEWEST_FIRST);
    return eligible;
  }

  /** By release, the most recently deployed first. */
  private static Map<ReleaseId, Standing> standings(
      EnvironmentHead head, EnvironmentId environment, ObservedState observed) {
    var standings = new LinkedHashMap<ReleaseId, Standing>();
    Optional<DeployedRelease> later = Optional.empty();
    for (DeployedRelease deployed : head.history().reversed()) {
      boolean current = later.isEmpty();
      var standing =
          standings.computeIfAbsent(
              deployed.release(),
              id -> new Standing(deployed, current, head.wentBackFrom(deployed)));
      Optional<Instant> from =
          current
              ? ConvergedSince.of(observed.environment(environment), observed)
              : deployed.convergedSince();
      if (from.isPresent() && !head.wentBackFrom(deployed)) {
        standing
            .soakPeriods()
            .add(new SoakPeriod(from.get(), later.map(DeployedRelease::deployedAt)));
      }
      later = Optional.of(deployed);
    }
    return standings;
  }

  /**
   * The deployment history of one release in an environment.
   *
   * @param newest its most recent deployment there
   * @param rolledBack whether the environment returned to an older release after it
   * @param soakPeriods newest first
   */
  private record Standing(
      DeployedRelease newest, boolean current, boolean rolledBack, List<SoakPeriod> soakPeriods) {
    Standing(DeployedRelease newest, boolean current, boolean rolledBack) {
      this(newest, current, rolledBack, new ArrayList<>());
    }

    Eligible offer(Release release, EnvironmentId environment) {
      return new Eligible(
          release, newest.deployedAt(), soakPeriods, current, rolledBack, unavailable(environment));
    }

    private Optional<String> unavailable(EnvironmentId environment) {
      if (rolledBack) {
        return Optional.of("it was rolled back from %s".formatted(environment));
      }
      return current || !soakPeriods.isEmpty()
          ? Optional.empty()
          : Optional.of("%s moved on before its parameters had converged".formatted(environment));
    }
  }
}
