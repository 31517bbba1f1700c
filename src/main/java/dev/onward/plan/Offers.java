package dev.onward.plan;

import dev.onward.model.DeployedRelease;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Release;
import dev.onward.model.ReleaseId;
import dev.onward.model.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What a source offers, newest first. */
final class Offers {
  private static final Comparator<Offer> NEWEST_FIRST =
      Comparator.comparing(Offer::release, Release.BY_AGE.reversed());

  private Offers() {}

  static List<Offer> of(Source source, ObservedState observed) {
    return switch (source) {
      case Label label -> ofLabel(label, observed);
      case EnvironmentId environment -> ofEnvironment(environment, observed);
    };
  }

  /** The chain of releases, from the label's head backwards as far as it was observed. */
  private static List<Offer> ofLabel(Label label, ObservedState observed) {
    var offers = new ArrayList<Offer>();
    var seen = new HashSet<ReleaseId>();
    Optional<Release> at =
        observed.label(label).head().flatMap(head -> observed.release(head.release()));
    while (at.isPresent() && seen.add(at.get().id())) {
      offers.add(new Offer(at.get(), at.get().createdAt(), Optional.empty()));
      at = at.get().manifest().previous().flatMap(observed::release);
    }
    return offers;
  }

  /**
   * The releases deployed in the environment. One that a newer release superseded there is still
   * offered; one after which the environment went back to an older release is not, until it is
   * deployed there again.
   */
  private static List<Offer> ofEnvironment(EnvironmentId environment, ObservedState observed) {
    var offers = new ArrayList<Offer>();
    var seen = new HashSet<ReleaseId>();
    Optional<DeployedRelease> oldestLater = Optional.empty();
    var history =
        observed.environment(environment).head().map(head -> head.history()).orElse(List.of());
    for (DeployedRelease deployed : history.reversed()) {
      boolean rolledBack =
          oldestLater
              .filter(later -> later.releaseCreatedAt().isBefore(deployed.releaseCreatedAt()))
              .isPresent();
      if (!rolledBack) {
        oldestLater = Optional.of(deployed);
      }
      Optional<Release> release = observed.release(deployed.release());
      if (release.isPresent() && seen.add(deployed.release())) {
        boolean current = deployed.equals(history.getLast());
        Optional<String> unavailable = Optional.empty();
        if (rolledBack) {
          unavailable = Optional.of("it was rolled back from %s".formatted(environment));
        } else if (!current && !deployed.converged()) {
          unavailable =
              Optional.of(
                  "%s moved on before its parameters were all written".formatted(environment));
        }
        offers.add(new Offer(release.get(), deployed.deployedAt(), unavailable));
      }
    }
    offers.sort(NEWEST_FIRST);
    return offers;
  }
}
