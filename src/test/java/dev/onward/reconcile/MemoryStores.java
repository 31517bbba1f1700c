package dev.onward.reconcile;

import dev.onward.model.ProjectId;
import dev.onward.model.RoleArn;
import java.util.Optional;
import java.util.function.Function;

/** Stores in memory, with no change calendar. */
final class MemoryStores implements ProjectStores.Provider {
  /** Of estates whose policies name none. */
  static final ChangeCalendars NO_CALENDARS =
      calendar -> {
        throw new StoreException(Failure.stalled("there is no calendar " + calendar));
      };

  static final Probes NO_PROBES = verification -> new Probes.Result(false, "nothing to look at");

  private final Function<ProjectId, ProjectStores> stores;
  private final DaemonStore daemon;

  MemoryStores(Function<ProjectId, ProjectStores> stores, DaemonStore daemon) {
    this.stores = stores;
    this.daemon = daemon;
  }

  static ProjectStores of(ParameterStore parameters, ReleaseStore releases) {
    return new ProjectStores(
        parameters, releases, NO_CALENDARS, new MemoryAuditTrail(), new MemoryRequestLedger());
  }

  @Override
  public ProjectStores open(ProjectId project, Optional<RoleArn> role) {
    return stores.apply(project);
  }

  @Override
  public DaemonStore daemon() {
    return daemon;
  }
}
