package dev.onward.reconcile.observe;

import dev.onward.model.AuditEvent;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.store.AuditTrail;
import dev.onward.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts the global interventions recorded in the audit trail. Each is one event and one version,
 * written in one transaction, and events are kept forever.
 */
final class RecordedInterventions {
  private static final Set<String> WORDS =
      Set.of(
          new Intervention.StopEverything().event(),
          new Intervention.ResumeEverything().event(),
          new Intervention.SetFreeze("", Optional.empty(), Optional.empty()).event(),
          new Intervention.LiftFreeze("").event());

  private RecordedInterventions() {}

  /**
   * The lost interventions are unknown, but their version is known. Throws {@link StoreException}.
   */
  static InterventionState of(AuditTrail trail) {
    long version = 0;
    Optional<String> cursor = Optional.empty();
    do {
      AuditTrail.Page page = trail.page(AuditTrail.LARGEST_PAGE, cursor);
      version += page.events().stream().map(AuditEvent::event).filter(WORDS::contains).count();
      cursor = page.cursor();
    } while (cursor.isPresent());
    return new InterventionState(
        version, Optional.empty(), new TreeMap<>(), new TreeMap<>(), List.of(), List.of());
  }
}
