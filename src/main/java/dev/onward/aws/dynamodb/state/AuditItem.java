package dev.onward.aws.dynamodb.state;

import dev.onward.aws.dynamodb.DynamoDates;
import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.RequesterItem;
import dev.onward.model.AuditEvent;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Requester;

/** An audit event as an item, sorted by time. */
final class AuditItem {
  private AuditItem() {}

  /**
   * @param unique distinguishes the event from others; the same event written again has the same
   */
  static Item of(StateOwner owner, AuditEvent event, String unique) {
    String date = DynamoDates.format(event.at());
    return Item.builder()
        .text(StateTable.PK, owner.auditPartition())
        .text(StateTable.SK, date + AuditCursor.SEPARATOR + unique)
        .text(StateTable.AT, date)
        .text(StateTable.EVENT, event.event())
        .map(StateTable.WHO, RequesterItem.of(event.who()))
        .text(StateTable.SUBJECT, event.subject())
        .text(StateTable.BEFORE, event.before())
        .text(StateTable.AFTER, event.after())
        .text(StateTable.DETAIL, event.detail())
        .text(StateTable.REQUEST_ID, event.request())
        .build();
  }

  /** Throws {@link InvalidValueException} if it does not contain who did what and when. */
  static AuditEvent read(Item item) {
    Item who = item.map(StateTable.WHO).orElseThrow(() -> item.invalid(StateTable.WHO, "a map"));
    String id = text(who, RequesterItem.ID);
    return new AuditEvent(
        item.value(StateTable.AT)
            .flatMap(DynamoDates::parse)
            .orElseThrow(() -> item.invalid(StateTable.AT, "a date")),
        text(item, StateTable.EVENT),
        new Requester(id, who.text(RequesterItem.NAME).orElse(id)),
        item.text(StateTable.SUBJECT).orElse(""),
        item.text(StateTable.BEFORE),
        item.text(StateTable.AFTER),
        item.text(StateTable.DETAIL).orElse(""),
        item.text(StateTable.REQUEST_ID).orElse(""));
  }

  private static String text(Item item, String name) {
    return item.text(name).orElseThrow(() -> item.invalid(name, "a text"));
  }
}
