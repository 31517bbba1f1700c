package dev.onward.aws.dynamodb.state;

import dev.onward.aws.dynamodb.DynamoDates;
import dev.onward.aws.dynamodb.Item;
import dev.onward.model.InvalidValueException;
import dev.onward.store.LeaseRecord;
import dev.onward.store.LeaseRecord.Presence;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A lease's item. An unreadable replica is skipped; an unreadable leader is an error. */
public final class LeaseItem {
  private static final Duration LONGEST_TERM = Duration.ofDays(1);

  private LeaseItem() {}

  /** Throws {@link InvalidValueException}. */
  public static LeaseRecord read(Item item) {
    boolean claimed = item.value(StateTable.BEAT).isPresent();
    var replicas = new TreeMap<String, Presence>();
    item.attributes()
        .forEach(
            (name, value) -> {
              if (name.startsWith(StateTable.REPLICA_PREFIX)) {
                Item.map(value)
                    .flatMap(LeaseItem::presence)
                    .ifPresent(
                        it -> replicas.put(name.substring(StateTable.REPLICA_PREFIX.length()), it));
              }
            });
    return new LeaseRecord(
        item.text(StateTable.LEADER),
        claimed ? item.number(StateTable.BEAT, 0, StateTable.HIGHEST_VERSION) : 0,
        claimed
            ? Duration.ofMillis(item.number(StateTable.TERM, 1, LONGEST_TERM.toMillis()))
            : Duration.ZERO,
        replicas);
  }

  static AttributeValue of(Presence presence) {
    return Item.builder()
        .text(StateTable.STARTED_AT, DynamoDates.format(presence.startedAt()))
        .number(StateTable.BEAT, presence.beat())
        .build()
        .asValue();
  }

  private static Optional<Presence> presence(Item item) {
    return item.text(StateTable.STARTED_AT)
        .flatMap(DynamoDates::parse)
        .map(at -> new Presence(at, item.number(StateTable.BEAT).orElse(0L)));
  }
}
