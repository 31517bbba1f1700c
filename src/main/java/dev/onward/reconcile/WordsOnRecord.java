package dev.onward.reconcile;

import dev.onward.model.AuditEvent;
import dev.onward.model.Interventions;
import dev.onward.model.OperatorWord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How often anything was said of everything, as the audit trail has it. Each word is one event and
 * one version, written together, and events are kept for ever.
 */
final class WordsOnRecord {
  private static final Set<String> WORDS =
      Set.of(
          new OperatorWord.StopEverything().event(),
          new OperatorWord.ResumeEverything().event(),
          new OperatorWord.SetFreeze("", Optional.empty(), Optional.empty()).event(),
          new OperatorWord.LiftFreeze("").event());

  private WordsOnRecord() {}

  /** What stood is not known, but its version is. Throws {@link StoreException}. */
  static Interventions of(AuditTrail trail) {
    long version = 0;
    Optional<String> cursor = Optional.empty();
    do {
      AuditTrail.Page page = trail.page(AuditTrail.LARGEST_PAGE, cursor);
      version += page.events().stream().map(AuditEvent::event).filter(WORDS::contains).count();
      cursor = page.cursor();
    } while (cursor.isPresent());
    return new Interventions(
        version, Optional.empty(), new TreeMap<>(), new TreeMap<>(), List.of(), List.of());
  }
}
