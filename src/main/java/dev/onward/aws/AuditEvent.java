package dev.onward.aws;

import dev.onward.model.Requester;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the audit trail: who changed what, from what, to what.
 *
 * @param what such as {@code release_cut}
 * @param subject the label, the environment or whatever else it is about
 * @param before the release there before
 * @param after the release there now
 */
record AuditEvent(
    String what,
    Requester who,
    String subject,
    Optional<String> before,
    Optional<String> after,
    String detail) {

  /**
   * Its own item, sorted by time. The transaction's token makes the key unique, and a transaction
   * that is sent twice writes one event.
   */
  Item at(StateOwner owner, Instant now, String token) {
    String date = ReleaseDates.format(now);
    return Item.builder()
        .text(StateTable.PK, owner.auditPartition())
        .text(StateTable.SK, date + "#" + token)
        .text(StateTable.AT, date)
        .text(StateTable.EVENT, what)
        .map(StateTable.WHO, DeploymentItem.of(who))
        .text(StateTable.SUBJECT, subject)
        .text(StateTable.BEFORE, before)
        .text(StateTable.AFTER, after)
        .text(StateTable.DETAIL, detail)
        .text(StateTable.REQUEST_ID, token)
        .build();
  }
}
