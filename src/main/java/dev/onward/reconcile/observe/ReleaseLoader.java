package dev.onward.reconcile.observe;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Source;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.store.CycleDeadline;
import dev.onward.store.ProjectState;
import dev.onward.store.ReleaseStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the releases that a plan may need. The relevant parts of a release are immutable, so each
 * is read once and cached; a steady cycle reads none.
 */
final class ReleaseLoader {
  /** How far back a label's chain is followed for an environment that is far behind. */
  static final int CHAIN_LIMIT = 200;

  /** How far back it is followed for an environment without a release. */
  static final int CHAIN_LIMIT_WHEN_EMPTY = 20;

  private final ReleaseStore store;
  private final ProjectCache memory;
  private final Map<ReleaseId, Release> loaded = new HashMap<>();

  ReleaseLoader(ReleaseStore store, ProjectCache memory) {
    this.store = store;
    this.memory = memory;
  }

  Map<ReleaseId, Release> load(DesiredState desired, ProjectState state) {
    state.labels().values().forEach(head -> load(head.release()));
    for (DesiredEnvironment environment : desired.environments()) {
      Optional<EnvironmentHead> head =
          Optional.ofNullable(state.environments().get(environment.id()));
      Optional<DeployedRelease> current = head.flatMap(EnvironmentHead::current);
      current.ifPresent(deployed -> load(deployed.release()));
      // The previous release shows which stale values may still be read while parameters are being
      // written.
      head.filter(it -> !it.converged())
          .flatMap(EnvironmentHead::otherBefore)
          .ifPresent(deployed -> load(deployed.release()));
      environment
          .promotion()
          .map(PromotionPolicy::from)
          .ifPresent(source -> loadOffers(source, current, state));
    }
    memory.keepReleases(loaded.keySet());
    return loaded;
  }

  private void loadOffers(Source source, Optional<DeployedRelease> current, ProjectState state) {
    switch (source) {
      case Label label -> loadChain(Optional.ofNullable(state.labels().get(label)), current);
      case EnvironmentId environment -> {
        var head = Optional.ofNullable(state.environments().get(environment));
        for (DeployedRelease deployed : head.map(EnvironmentHead::history).orElse(List.of())) {
          if (isNewer(deployed.releaseCreatedAt(), current)) {
            load(deployed.release());
          }
        }
      }
    }
  }

  private void loadChain(Optional<LabelHead> head, Optional<DeployedRelease> current) {
    int limit = current.isPresent() ? CHAIN_LIMIT : CHAIN_LIMIT_WHEN_EMPTY;
    Optional<Release> at = head.flatMap(h -> load(h.release()));
    for (int i = 1; i < limit && at.filter(r -> isNewer(r.createdAt(), current)).isPresent(); i++) {
      at = at.flatMap(release -> release.manifest().previous()).flatMap(this::load);
    }
  }

  private Optional<Release> load(ReleaseId id) {
    Release known = loaded.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Release> release = memory.release(id).or(() -> read(id));
    release.ifPresent(
        found -> {
          loaded.put(id, found);
          memory.rememberRelease(found);
        });
    return release;
  }

  private Optional<Release> read(ReleaseId id) {
    CycleDeadline.check();
    return store.release(id);
  }

  private static boolean isNewer(Instant created, Optional<DeployedRelease> current) {
    return current.map(c -> !created.isBefore(c.releaseCreatedAt())).orElse(true);
  }
}
