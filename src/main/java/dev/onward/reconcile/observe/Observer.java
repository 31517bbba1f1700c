package dev.onward.reconcile.observe;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.Source;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedEnvironment;
import dev.onward.plan.ObservedLabel;
import dev.onward.plan.ObservedState;
import dev.onward.store.Failure;
import dev.onward.store.ListedParameter;
import dev.onward.store.ParameterListing;
import dev.onward.store.ParameterStore;
import dev.onward.store.ProjectState;
import dev.onward.store.ProjectStores;
import dev.onward.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Observes one project: one listing, one query, and whatever releases are not cached. Either
 * everything was read, or a {@link StoreException} explains what failed and there is no
 * observation.
 */
public final class Observer {
  private final SkewCorrectedClock clock;
  private final ForeignDeploymentSearch search;

  public Observer(SkewCorrectedClock clock, Duration adoptionInterval, Duration repairGrace) {
    this.clock = clock;
    this.search = new ForeignDeploymentSearch(adoptionInterval, repairGrace);
  }

  public ObservedState observe(
      DesiredState desired,
      ProjectStores stores,
      InterventionState globalInterventions,
      ProjectCache memory) {
    // The heads first: an environment whose parameters match in a listing that began before its
    // head moved would be marked converged although they do not.
    InterventionState interventions = memory.words().known();
    ProjectState state = stores.releases().state();
    memory.words().checked(interventions, state.interventions());
    Listed listed = list(desired.project(), stores.parameters());
    Instant now = clock.instant();
    ImageListing listing =
        memory
            .lastSeen()
            .map(before -> ImageListing.of(desired.project(), listed.parameters(), before))
            .orElseGet(() -> ImageListing.of(desired.project(), listed.parameters()));
    Map<ReleaseId, Release> releases =
        new ReleaseLoader(stores.releases(), memory).load(desired, state);
    var labels = new TreeMap<Label, ObservedLabel>();
    var changes =
        new LabelObserver(
            desired, stores.parameters(), memory, listed.readAt().orElse(now), listed.took());
    for (Label label : desired.watchedLabels()) {
      labels.put(
          label,
          changes.observe(
              label, listing.at(label), Optional.ofNullable(state.labels().get(label)), releases));
    }
    var environments = new TreeMap<EnvironmentId, ObservedEnvironment>();
    for (DesiredEnvironment environment : desired.environments()) {
      Optional<EnvironmentHead> head =
          Optional.ofNullable(state.environments().get(environment.id()));
      var parameters = listing.at(environment.id());
      environments.put(
          environment.id(),
          new ObservedEnvironment(
              parameters,
              head,
              Optional.empty(),
              false,
              memory.unchangedFor(environment.id(), parameters),
              Duration.ZERO));
    }
    var known = new HashSet<Source>(labels.keySet());
    known.addAll(environments.keySet());
    var seen =
        new ObservedState(
            labels,
            environments,
            releases,
            listing.otherThan(known),
            listing.unrecognized(),
            globalInterventions,
            state.interventions(),
            Map.of());
    var observed = seen.driftedFor(id -> driftedFor(id, seen, memory));
    memory.saw(observed);
    return new OverwriteDetector(stores.parameters())
        .found(search.search(desired, observed, stores.releases(), memory, now));
  }

  /**
   * A listing with a trusted date.
   *
   * @param readAt absent if no answer had a trusted date yet
   */
  private record Listed(
      List<ListedParameter> parameters, Optional<Instant> readAt, Duration took) {}

  /**
   * Lists again while the time is undecided, since confirming a date then takes several answers.
   */
  private Listed list(ProjectId project, ParameterStore parameters) {
    for (int i = 0; i < SkewCorrectedClock.CONFIRMATIONS; i++) {
      SkewCorrectedClock.Moment begun = clock.begin();
      ParameterListing listing = parameters.list(project);
      Duration took = clock.since(begun);
      if (listing.readAt().isEmpty()) {
        return new Listed(listing.parameters(), clock.earliest(begun), took);
      }
      Instant store = listing.readAt().get();
      Optional<Instant> newest =
          listing.parameters().stream()
              .map(ListedParameter::lastModified)
              .max(Comparator.naturalOrder());
      switch (clock.learn(begun, store, newest)) {
        case BELIEVED -> {
          return new Listed(listing.parameters(), Optional.of(store), took);
        }
        case REFUSED -> {
          return new Listed(listing.parameters(), clock.earliest(begun), took);
        }
        case UNDECIDED -> {}
      }
    }
    throw new StoreException(
        Failure.transientOne(
            "the time is unknown: Parameter Store's answers and this machine's clock (%s) differ,"
                    .formatted(clock.begin().wall())
                + " and no two agree; automation is paused. Check this machine's clock."));
  }

  private static Duration driftedFor(
      EnvironmentId id, ObservedState observed, ProjectCache memory) {
    long version = observed.environment(id).head().map(EnvironmentHead::version).orElse(0L);
    return memory.driftedFor(id, new ProjectCache.Drift(version, observed.drift(id)));
  }
}
