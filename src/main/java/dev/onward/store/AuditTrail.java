package dev.onward.store;

import dev.onward.model.AuditEvent;
import dev.onward.model.InvalidValueException;
import java.util.List;
import java.util.Optional;

/**
 * The port to the audit trail of one project or of the daemon. A change to data that Onward stores
 * appends its event in the same transaction; this port reads events, and records those without such
 * a change. Every method throws {@link StoreException}.
 */
public interface AuditTrail {
  /** Maximum number of events in a page. */
  int LARGEST_PAGE = 100;

  /**
   * A page of events, newest first, read consistently. Unreadable events are skipped, so that a
   * page may be shorter than requested without being the last.
   *
   * @param limit maximum number of events: 1 to {@value #LARGEST_PAGE}
   * @param cursor of the previous page; throws {@link InvalidValueException} for a malformed one
   */
  Page page(int limit, Optional<String> cursor);

  /** Appends an event without a change of its own in the tables, such as a denied request. */
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
