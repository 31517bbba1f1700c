package dev.onward.status;

import dev.onward.manifest.ManifestChange;
import dev.onward.manifest.Manifests;
import dev.onward.model.ProjectId;
import dev.onward.reconcile.CycleListener;
import dev.onward.reconcile.CycleReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The newest status of every project in force. Whatever is shown to anybody is read here, never
 * from AWS; each status is a snapshot of its own.
 */
@ApplicationScoped
public class StatusBoard implements CycleListener {
  private final ConcurrentNavigableMap<ProjectId, ProjectStatus> projects =
      new ConcurrentSkipListMap<>();
  private volatile Manifests manifests = Manifests.NONE;

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
  }

  /** A cycle that ends after its project was removed says nothing. */
  @Override
  public void cycleEnded(CycleReport report) {
    projects.computeIfPresent(report.desired().project(), (id, status) -> status.after(report));
  }

  /** By id. */
  public Collection<ProjectStatus> projects() {
    return Collections.unmodifiableCollection(projects.values());
  }

  public Optional<ProjectStatus> project(ProjectId id) {
    return Optional.ofNullable(projects.get(id));
  }

  public Manifests manifests() {
    return manifests;
  }
}
