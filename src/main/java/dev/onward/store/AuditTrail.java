package dev.onward.store;

import dev.onward.model.AuditEvent;
import dev.onward.model.InvalidValueException;
import java.util.List;
import java.util.Optional;

/**
 * The port to what happened, of one project or of the daemon. What changes something that Onward
 * keeps appends its event in the transaction that changes it; this is for reading them, and for
 * what changes nothing there. Every method throws {@link StoreException}.
 */
public interface AuditTrail {
  /** Events in a page, at most. */
  int LARGEST_PAGE = 100;

  /**
   * A page of events, newest first, read consistently. Events that cannot be read are passed over,
   * so that a page may be shorter than asked for and yet not the last.
   *
   * @param limit at most so many: 1 to {@value #LARGEST_PAGE}
   * @param cursor of the page before; throws {@link InvalidValueException} for what never was one
   */
  Page page(int limit, Optional<String> cursor);

  /** Appends an event: a refusal, or an act whose effect is not kept in the tables. */
  void note(AuditEvent event);

  /**
   * One page.
   *
   * @param cursor opaque; absent on the last page
   */
  record Page(List<AuditEvent> events, Optional<String> cursor) {
    public Page {
      events = List.copyOf(events);
    }
  }
}
