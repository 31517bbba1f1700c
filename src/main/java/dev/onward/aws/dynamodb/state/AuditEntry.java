package dev.onward.aws.dynamodb.state;

import dev.onward.aws.dynamodb.Item;
import dev.onward.model.AuditEvent;
import dev.onward.model.Requester;
import dev.onward.store.RequestContext;
import java.time.Instant;
import java.util.Optional;

/**
 * What a transaction adds to the audit trail: who changed what, from what, to what.
 *
 * @param what such as {@code release_cut}
 * @param subject the label, the environment or whatever else it is about
 * @param before the release there before, or what stood
 * @param after the release there now, or what stands
 */
public record AuditEntry(
    String what,
    Requester who,
    String subject,
    Optional<String> before,
    Optional<String> after,
    String detail) {

  /**
   * Its item. The transaction's token makes the key unique, so that a transaction that is sent
   * twice writes one event.
   */
  Item at(StateOwner owner, Instant now, String token) {
    String request = RequestContext.id().orElse(token);
    var event = new AuditEvent(now, what, who, subject, before, after, detail, request);
    return AuditItem.of(owner, event, token);
  }
}
