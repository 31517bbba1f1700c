package dev.onward.aws.dynamodb.state;

import dev.onward.aws.dynamodb.Item;
import dev.onward.model.AuditEvent;
import dev.onward.model.Requester;
import dev.onward.store.RequestContext;
import java.time.Instant;
import java.util.Optional;

/**
 * An audit event that a transaction appends: who changed what, from what to what.
 *
 * @param what such as {@code release_cut}
 * @param subject the label, environment or other object it concerns
 * @param before the previous release or state
 * @param after the new release or state
 */
public record AuditEntry(
    String what,
    Requester who,
    String subject,
    Optional<String> before,
    Optional<String> after,
    String detail) {

  /**
   * The event's item. The transaction's token makes the key unique, so that a repeated transaction
   * writes one event.
   */
  Item at(StateOwner owner, Instant now, String token) {
    String request = RequestContext.id().orElse(token);
    var event = new AuditEvent(now, what, who, subject, before, after, detail, request);
    return AuditItem.of(owner, event, token);
  }
}
