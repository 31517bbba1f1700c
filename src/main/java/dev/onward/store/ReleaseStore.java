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
 * <p>Reads throw {@link StoreException}; writes say what became of them in a {@link WriteOutcome}.
 * Every write is conditional, and one with what it appends to the audit trail, so that two replicas
 * that do the same thing do it once.
 */
public interface ReleaseStore {
  /** The project's heads: one consistent query. */
  ProjectState state();

  /** One environment's head, read consistently. */
  Optional<EnvironmentHead> head(EnvironmentId environment);

  /** One release, read consistently. */
  Optional<Release> release(ReleaseId id);

  /**
   * The same for showing only: where {@link #release} throws because not all of the item can be
   * read, with what can be. Nothing may be decided from it.
   */
  default Optional<PartialRelease> partial(ReleaseId id) {
    return release(id).map(release -> new PartialRelease(release, List.of()));
  }

  /** A page of the project's releases, newest first, from an index that lags: for showing only. */
  ReleasePage releases(int limit, Optional<String> cursor);

  /**
   * The ids of the project's releases that begin with a text, from an index that lags, newest
   * first.
   *
   * @param pages how many pages of the index are read at most, of up to 1 MB each
   */
  IdSearch idsBeginningWith(String beginning, int pages);

  /**
   * The project's deployed releases, most recently deployed first, from an index that lags. Pages
   * are read as the stream is consumed.
   */
  Stream<Release> deployedNewestFirst();

  /** The same without those that were last deployed after a moment, give or take a second. */
  Stream<Release> deployedUpTo(Instant time);

  /** Put the release if absent and move the label's head from the observed one. */
  default WriteOutcome cut(Action.CutRelease action) {
    return cut(action, List.of());
  }

  /**
   * The same together with the first deployments of that release, each on its own conditions: all
   * of it or nothing.
   */
  WriteOutcome cut(Action.CutRelease action, List<Action.RecordDeployment> deployments);

  /** Create the environment's head if absent. */
  WriteOutcome initialise(Action.InitialiseEnvironment action);

  /** Move the environment's head to a deployment that the releases table already records. */
  WriteOutcome adopt(Action.AdoptDeployment action);

  /**
   * Append to the release's deployments if nobody else did meanwhile, and move the environment's
   * head from the observed one; where automation decided, only if no operator has said anything
   * since.
   */
  WriteOutcome record(Action.RecordDeployment action);

  /** Change what operators have said about the project, if nobody else did since it was read. */
  WriteOutcome updateInterventions(InterventionUpdate update);

  /**
   * Move the environment's head from the observed one to one whose parameters are to be written,
   * only if no operator has said anything since.
   */
  WriteOutcome repair(RepairRequest request);

  /** Put a release that belongs to no label's chain, if absent. */
  WriteOutcome add(Release release);

  /** Mark the head converged if it has not moved; of that only a repair is audited. */
  WriteOutcome markConverged(Action.ConvergeParameters action);

  /**
   * Marks whatever head the environment has now as not converged, under a new version, so that its
   * parameters are compared again: a writer that was overtaken may have put old values over new
   * ones.
   */
  void reopen(EnvironmentId environment);

  /**
   * What a search for ids found.
   *
   * @param complete whether every release of the project was looked at
   */
  record IdSearch(List<ReleaseId> found, boolean complete) {
    public IdSearch {
      found = List.copyOf(found);
    }
  }

  /**
   * A release as far as it can be read.
   *
   * @param unreadable what in its item cannot be; the release is without it
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
   * @param service whose image it is; absent of anything else, and of a name that is no service's
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
   * @param unreadable items that are no release, each with the reason
   */
  record ReleasePage(List<Release> releases, Optional<String> cursor, List<String> unreadable) {
    public ReleasePage {
      releases = List.copyOf(releases);
      unreadable = List.copyOf(unreadable);
    }
  }
}
