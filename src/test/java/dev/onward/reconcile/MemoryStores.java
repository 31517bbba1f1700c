package dev.onward.reconcile;

import dev.onward.model.ProjectId;
import dev.onward.model.RoleArn;
import dev.onward.store.ChangeCalendars;
import dev.onward.store.Failure;
import dev.onward.store.GlobalStore;
import dev.onward.store.ParameterStore;
import dev.onward.store.ProjectStores;
import dev.onward.store.ReleaseStore;
import dev.onward.store.StoreException;
import dev.onward.store.VerificationProbe;
import java.util.Optional;
import java.util.function.Function;

/** Stores in memory, with no change calendar. */
public final class MemoryStores implements ProjectStores.Provider {
  /** Of estates whose policies name none. */
  public static final ChangeCalendars NO_CALENDARS =
      calendar -> {
        throw new StoreException(Failure.stalled("there is no calendar " + calendar));
      };

  public static final VerificationProbe NO_PROBES =
      verification -> new VerificationProbe.Result(false, "nothing to look at");

  private final Function<ProjectId, ProjectStores> stores;
  private final GlobalStore daemon;

  public MemoryStores(Function<ProjectId, ProjectStores> stores, GlobalStore daemon) {
    this.stores = stores;
    this.daemon = daemon;
  }

  public static ProjectStores of(ParameterStore parameters, ReleaseStore releases) {
    return new ProjectStores(
        parameters, releases, NO_CALENDARS, new MemoryAuditTrail(), new MemoryIdempotencyStore());
  }

  @Override
  public ProjectStores open(ProjectId project, Optional<RoleArn> role) {
    return stores.apply(project);
  }

  @Override
  public GlobalStore daemon() {
    return daemon;
  }
}
