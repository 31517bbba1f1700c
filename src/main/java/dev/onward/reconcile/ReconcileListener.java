package dev.onward.reconcile;

import dev.onward.command.CommandResult;
import dev.onward.command.Publication;
import dev.onward.command.PublicationResult;
import dev.onward.manifest.ManifestChange;
import dev.onward.manifest.Manifests;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Attribution;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.OperatorCommand;
import java.util.List;

/** Is told what happens: the log, the metrics and the status snapshot are such listeners. */
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

  /** A person published images, wholly or in part, or was refused; of previews nothing is told. */
  default void published(
      DesiredState desired,
      Publication publication,
      Attribution attribution,
      PublicationResult report) {}

  /** A person asked for something: what became of it, previews and refusals included. */
  default void commandEnded(
      DesiredState desired,
      OperatorCommand command,
      Attribution attribution,
      CommandResult report) {}
}
