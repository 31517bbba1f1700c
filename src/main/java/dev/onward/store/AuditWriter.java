package dev.onward.store;

import dev.onward.model.AuditEvent;
import dev.onward.model.Requester;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Appends to an audit trail what no transaction appends. What is noted has happened already, so
 * that it cannot be noted fails nothing: the log has it then.
 */
public final class AuditWriter {
  private static final Logger LOG = Logger.getLogger(AuditWriter.class);

  private AuditWriter() {}

  public static void note(AuditTrail trail, AuditEvent event) {
    try {
      trail.note(event);
    } catch (StoreException e) {
      LOG.warnf(
          "The audit trail lacks that %s of %s by %s: %s (%s)",
          event.event(), event.subject(), event.who().id(), event.detail(), e.getMessage());
    }
  }

  /** Of the request for which the thread works, if it works for one. */
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
