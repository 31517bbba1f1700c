package dev.onward.status;

import dev.onward.manifest.ManifestChange;
import dev.onward.manifest.Manifests;
import dev.onward.model.Intervention;
import dev.onward.model.Interventions;
import dev.onward.model.ProjectId;
import dev.onward.plan.DesiredState;
import dev.onward.plan.Grant;
import dev.onward.plan.Saying;
import dev.onward.plan.Wish;
import dev.onward.reconcile.CycleListener;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.WishReport;
import dev.onward.reconcile.WriteOutcome;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The newest status of every project in force. Whatever is shown to anybody is read here, never
 * from AWS; each status is a snapshot of its own.
 *
 * <p>It is told before all other listeners, so that whoever hears of a change from one of them
 * finds it here.
 */
@ApplicationScoped
@Priority(1)
public class StatusBoard implements CycleListener {
  private final ConcurrentNavigableMap<ProjectId, ProjectStatus> projects =
      new ConcurrentSkipListMap<>();
  private volatile Manifests manifests = Manifests.NONE;

  /** What this process last heard itself say, which no cycle may have seen yet. */
  private volatile Interventions saidOfEverything = Interventions.NONE;

  private final AtomicLong changes = new AtomicLong();

  @Override
  public void manifestsChanged(Manifests current, List<ManifestChange> changes) {
    current
        .projects()
        .forEach(
            (id, desired) ->
                projects.compute(
                    id,
                    (same, status) ->
                        status == null ? ProjectStatus.unseen(desired) : status.asking(desired)));
    projects.keySet().retainAll(current.projects().keySet());
    manifests = current;
    this.changes.incrementAndGet();
  }

  /** A cycle that ends after its project was removed says nothing. */
  @Override
  public void cycleEnded(CycleReport report) {
    projects.computeIfPresent(report.desired().project(), (id, status) -> status.after(report));
    this.changes.incrementAndGet();
  }

  /** Whoever looks right after a word was said reads it, even before the next cycle has. */
  @Override
  public void wishEnded(DesiredState desired, Wish wish, Intervention said, WishReport report) {
    if (report.grant() instanceof Grant.Say(Saying saying)
        && report.outcome().filter(WriteOutcome::applied).isPresent()) {
      projects.computeIfPresent(desired.project(), (id, status) -> status.knowing(saying.to()));
      changes.incrementAndGet();
    }
  }

  /** By id. */
  public Collection<ProjectStatus> projects() {
    return Collections.unmodifiableCollection(projects.values());
  }

  public Optional<ProjectStatus> project(ProjectId id) {
    return Optional.ofNullable(projects.get(id));
  }

  void saidOfEverything(Interventions said) {
    saidOfEverything = said;
    this.changes.incrementAndGet();
  }

  /**
   * A number that is another one after every change: whatever was read before it was asked for, and
   * is the same now, holds everything.
   */
  public long changes() {
    return changes.get();
  }

  /** What operators have said about everything: the newest that any cycle, or this process, saw. */
  public Interventions everywhere() {
    return Stream.concat(
            Stream.of(saidOfEverything),
            projects.values().stream()
                .flatMap(status -> status.seen().stream())
                .map(seen -> seen.observed().everywhere()))
        .max(Comparator.comparingLong(Interventions::version))
        .orElse(Interventions.NONE);
  }

  /** When a cycle or a look last saw the project that was seen the longest ago, of these. */
  public static Optional<Instant> oldestSight(Collection<ProjectStatus> of) {
    return of.stream()
        .flatMap(status -> status.seen().stream())
        .map(ProjectStatus.Seen::at)
        .min(Comparator.naturalOrder());
  }

  public Manifests manifests() {
    return manifests;
  }
}
