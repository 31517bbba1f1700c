package dev.onward.store;

import dev.onward.model.AuditEvent;
import dev.onward.model.Requester;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Appends audit events that are not part of a transaction. The action has already happened, so a
 * failure to write the event is logged and does not fail it.
 */
public final class AuditWriter {
  private static final Logger LOG = Logger.getLogger(AuditWriter.class);

  private AuditWriter() {}

  public static void note(AuditTrail trail, AuditEvent event) {
    try {
      trail.note(event);
    } catch (StoreException e) {
      LOG.warnf(
          "Failed to write audit event: %s of %s by %s: %s (%s)",
          event.event(), event.subject(), event.who().id(), event.detail(), e.getMessage());
    }
  }

  /** An event for the request that the current thread serves, if any. */
  public static AuditEvent event(
      Instant at,
      String event,
      Requester who,
      String subject,
      Optional<String> before,
      Optional<String> after,
      String detail) {
    return new AuditEvent(
        at,
        event,
        who,
        subject,
        before,
        after,
        detail,
        RequestContext.id().orElseGet(() -> UUID.randomUUID().toString()));
  }
}
