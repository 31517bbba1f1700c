package dev.onward.store;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ServiceId;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.Action;
import dev.onward.plan.RepairRequest;
import dev.onward.plan.command.InterventionUpdate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The port to the releases table and the state table of one project.
 *
 * <p>Reads throw {@link StoreException}; writes return a {@link WriteOutcome}. Every write is
 * conditional and atomic with its audit event, so that two replicas performing the same action
 * perform it once.
 */
public interface ReleaseStore {
  /** The project's heads: one consistent query. */
  ProjectState state();

  /** One environment's head, read consistently. */
  Optional<EnvironmentHead> head(EnvironmentId environment);

  /** One release, read consistently. */
  Optional<Release> release(ReleaseId id);

  /**
   * A release for display: unlike {@link #release}, which throws for an unreadable item, returns
   * the readable parts. No decision may be based on it.
   */
  default Optional<PartialRelease> partial(ReleaseId id) {
    return release(id).map(release -> new PartialRelease(release, List.of()));
  }

  /**
   * A page of the project's releases, newest first, from an eventually consistent index: for
   * display only.
   */
  ReleasePage releases(int limit, Optional<String> cursor);

  /**
   * The ids of the project's releases with a given prefix, newest first, from an eventually
   * consistent index.
   *
   * @param pages maximum number of index pages read, of up to 1 MB each
   */
  IdSearch idsBeginningWith(String beginning, int pages);

  /**
   * The project's deployed releases, most recently deployed first, from an eventually consistent
   * index. Pages are read as the stream is consumed.
   */
  Stream<Release> deployedNewestFirst();

  /** The same, without releases last deployed after a given time, to within a second. */
  Stream<Release> deployedUpTo(Instant time);

  /** Puts the release if absent, and moves the label's head from the observed one. */
  default WriteOutcome cut(Action.CutRelease action) {
    return cut(action, List.of());
  }

  /**
   * The same in one transaction with the release's first deployments, each with its own conditions.
   */
  WriteOutcome cut(Action.CutRelease action, List<Action.RecordDeployment> deployments);

  /** Creates the environment's head if absent. */
  WriteOutcome initialise(Action.InitialiseEnvironment action);

  /** Moves the environment's head to a deployment that the releases table already records. */
  WriteOutcome adopt(Action.AdoptDeployment action);

  /**
   * Appends to the release's deployments on condition that they have not changed, and moves the
   * environment's head from the observed one; for automation, also on condition that no
   * intervention was set since.
   */
  WriteOutcome record(Action.RecordDeployment action);

  /**
   * Changes the project's interventions, on condition that they have not changed since they were
   * read.
   */
  WriteOutcome updateInterventions(InterventionUpdate update);

  /**
   * Moves the environment's head from the observed one to one that requests a write of the
   * parameters, on condition that no intervention was set since.
   */
  WriteOutcome repair(RepairRequest request);

  /** Puts a release that belongs to no label's chain, if absent. */
  WriteOutcome add(Release release);

  /** Marks the head converged if it has not moved; only a repair is audited. */
  WriteOutcome markConverged(Action.ConvergeParameters action);

  /**
   * Marks the environment's current head as not converged, under a new version, so that its
   * parameters are compared again: a writer that was overtaken may have put old values over new
   * ones.
   */
  void reopen(EnvironmentId environment);

  /**
   * The result of a search for ids.
   *
   * @param complete whether every release of the project was read
   */
  record IdSearch(List<ReleaseId> found, boolean complete) {
    public IdSearch {
      found = List.copyOf(found);
    }
  }

  /**
   * The readable parts of a release.
   *
   * @param unreadable the parts of its item that are missing from the release
   */
  record PartialRelease(Release release, List<Unreadable> unreadable) {
    public PartialRelease {
      unreadable = List.copyOf(unreadable);
    }
  }

  /**
   * A part of an item that cannot be read.
   *
   * @param place in the item, such as {@code images.bags}
   * @param service the service whose image it is; absent for anything else, and for an invalid
   *     service id
   * @param reason what was found and what is allowed
   */
  record Unreadable(String place, Optional<ServiceId> service, String reason) {
    /** The place and the reason. */
    @Override
    public String toString() {
      return place + ": " + reason;
    }
  }

  /**
   * One page of releases.
   *
   * @param cursor opaque; absent on the last page
   * @param unreadable items that are not releases, each with the reason
   */
  record ReleasePage(List<Release> releases, Optional<String> cursor, List<String> unreadable) {
    public ReleasePage {
      releases = List.copyOf(releases);
      unreadable = List.copyOf(unreadable);
    }
  }
}
