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
 * How often anything was said of everything, as the audit trail has it. Each word is one event and
 * one version, written together, and events are kept for ever.
 */
final class RecordedInterventions {
  private static final Set<String> WORDS =
      Set.of(
          new Intervention.StopEverything().event(),
          new Intervention.ResumeEverything().event(),
          new Intervention.SetFreeze("", Optional.empty(), Optional.empty()).event(),
          new Intervention.LiftFreeze("").event());

  private RecordedInterventions() {}

  /** What stood is not known, but its version is. Throws {@link StoreException}. */
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
