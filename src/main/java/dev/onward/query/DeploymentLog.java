package dev.onward.query;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.store.ReleaseStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A project's deployments, strictly newest first.
 *
 * <p>The table stores deployments inside releases, and its index orders releases by their last
 * deployment only: a release that was redeployed today comes first, along with its deployments of
 * last year. Releases are therefore read in that order while their deployments wait in a heap; one
 * leaves the heap only when no unread release can have a later one.
 */
public final class DeploymentLog {
  /**
   * Maximum number of releases read for one request, 25 a call; more only {@linkplain #isStuck if
   * nothing could be listed and too many are pending}.
   */
  static final int MOST_RELEASES = 500;

  /** If more releases than this have pending older deployments, they are read again instead. */
  static final int MOST_PENDING = 20;

  /** A release's deployment and its last-deployed date may come from two different clocks. */
  static final Duration MARGIN = Duration.ofDays(1);

  private final Optional<EnvironmentId> environment;
  private final LogPosition from;
  private final PriorityQueue<Entry> waiting = new PriorityQueue<>(Entry.NEWEST_FIRST);
  private final Set<ReleaseId> read = new HashSet<>();
  private final List<Entry> listed = new ArrayList<>();

  private DeploymentLog(Optional<EnvironmentId> environment, LogPosition from) {
    this.environment = environment;
    this.from = from;
  }

  /**
   * One deployment.
   *
   * @param index its position among the release's deployments, oldest first
   */
  public record Entry(Release release, Deployment deployment, int index) {
    /** Equal times are ordered further so that the order is total. */
    static final Comparator<Entry> NEWEST_FIRST =
        Comparator.comparing((Entry entry) -> entry.deployment().createdAt())
            .thenComparing(entry -> entry.release().id())
            .thenComparingInt(Entry::index)
            .reversed();
  }

  /**
   * A page of deployments, possibly empty.
   *
   * @param cursor opaque; absent on the last page
   */
  public record Page(List<Entry> entries, Optional<String> cursor) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /** A page of the deployments to one environment, or to all. */
  public static Page page(
      ReleaseStore store, Optional<EnvironmentId> environment, int limit, Optional<String> cursor) {
    var from = cursor.map(LogPosition::parse).orElse(LogPosition.NEWEST);
    return new DeploymentLog(environment, from).read(store, limit);
  }

  private Page read(ReleaseStore store, int limit) {
    from.pending().forEach(id -> store.release(id).ifPresent(this::take));
    try (Stream<Release> deployed =
        from.upTo().map(store::deployedUpTo).orElseGet(store::deployedNewestFirst)) {
      Iterator<Release> unread = deployed.iterator();
      Instant frontier = Instant.MAX;
      int releases = 0;
      while (listed.size() < limit && (releases < MOST_RELEASES || isStuck())) {
        if (isNext(unread, frontier)) {
          listed.add(waiting.remove());
        } else if (unread.hasNext()) {
          Release release = unread.next();
          frontier = release.lastDeployedAt().orElse(frontier);
          take(release);
          releases++;
        } else {
          break;
        }
      }
      boolean more = !waiting.isEmpty() || unread.hasNext();
      return new Page(listed, more ? Optional.of(next(frontier).text()) : Optional.empty());
    }
  }

  /** Whether the newest pending deployment is newer than everything still unread. */
  private boolean isNext(Iterator<Release> unread, Instant frontier) {
    return !waiting.isEmpty()
        && (waiting.element().deployment().createdAt().minus(MARGIN).isAfter(frontier)
            || !unread.hasNext());
  }

  /** Nothing listed yet and too much pending: the next page would start where this one did. */
  private boolean isStuck() {
    return listed.isEmpty()
        && waiting.stream().map(it -> it.release().id()).distinct().count() > MOST_PENDING;
  }

  private void take(Release release) {
    if (!read.add(release.id())) {
      return;
    }
    for (int i = 0; i < release.deployments().size(); i++) {
      var entry = new Entry(release, release.deployments().get(i), i);
      boolean asked =
          environment.filter(id -> !id.equals(entry.deployment().environment())).isEmpty();
      if (asked && from.isBefore(entry)) {
        waiting.add(entry);
      }
    }
  }

  /** Releases with deployments that are not listed yet, most recently deployed first. */
  private List<Release> pending() {
    Map<ReleaseId, Release> releases = new HashMap<>();
    waiting.forEach(entry -> releases.put(entry.release().id(), entry.release()));
    return releases.values().stream()
        .sorted(Comparator.comparing(DeploymentLog::lastDeployed).reversed())
        .toList();
  }

  private LogPosition next(Instant frontier) {
    List<Release> pending = pending();
    boolean tooMany = pending.size() > MOST_PENDING;
    Instant upTo = tooMany ? lastDeployed(pending.get(MOST_PENDING)) : frontier;
    return new LogPosition(
        listed.isEmpty() ? from.last() : Optional.of(LogPosition.Spot.of(listed.getLast())),
        Optional.of(upTo).filter(at -> at.isBefore(Instant.MAX)).or(from::upTo),
        pending.stream().limit(MOST_PENDING).map(Release::id).toList());
  }

  private static Instant lastDeployed(Release release) {
    return release.lastDeployedAt().orElse(Instant.MAX);
  }
}
