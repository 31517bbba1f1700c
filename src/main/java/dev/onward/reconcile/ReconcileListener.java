package dev.onward.reconcile;

import dev.onward.manifest.ManifestChange;
import dev.onward.manifest.Manifests;
import dev.onward.model.ProjectId;
import java.util.List;

/**
 * Is told what becomes of cycles and manifests: the log, the metrics and the status snapshot are
 * such listeners.
 */
public interface ReconcileListener {
  /** After every cycle; calls for one project come one after another. */
  void cycleEnded(CycleReport report);

  /** After a standby's look, which did nothing: calls come among those of {@link #cycleEnded}. */
  default void looked(CycleReport report) {
    cycleEnded(report);
  }

  /** After the manifests were read and something about them changed. */
  default void manifestsChanged(Manifests manifests, List<ManifestChange> changes) {}

  /** A project's manifest is gone: Onward no longer manages it, and reports no cycle of it. */
  default void projectRemoved(ProjectId project) {}
}
