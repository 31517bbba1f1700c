package dev.onward.aws.dynamodb.state;

import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.ItemSize;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionDescription;
import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.command.InterventionUpdate;
import dev.onward.store.Failure;
import dev.onward.store.WriteOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Changes the interventions of one owner, and makes other writes conditional on them. Like the
 * heads, the item is updated attribute by attribute: attributes of a later version are left
 * unchanged.
 */
public final class InterventionWrites {
  private static final String EXPECTED = ":expected_version";

  private final StatePartition state;
  private final StateReads reads;
  private final Transactions transactions;

  public InterventionWrites(StatePartition state, StateReads reads, Transactions transactions) {
    this.state = state;
    this.reads = reads;
    this.transactions = transactions;
  }

  public WriteOutcome updateInterventions(InterventionUpdate saying) {
    Item item = InterventionsItem.of(saying.to());
    int size = ItemSize.of(item);
    if (size > ItemSize.LIMIT) {
      return new WriteOutcome.Failed(tooMuch(size));
    }
    return transactions.write(
        saying,
        List.of(update(saying.from(), item)),
        List.of(event(saying)),
        () -> contradiction(item));
  }

  /** On condition that the interventions have not changed since that version. */
  public TransactWriteItem requireVersion(long version) {
    var check =
        ConditionCheck.builder()
            .tableName(state.table())
            .key(state.key(StateTable.INTERVENTIONS))
            .conditionExpression(condition(version));
    if (version > 0) {
      check.expressionAttributeValues(Map.of(EXPECTED, Item.ofNumber(version)));
    }
    return TransactWriteItem.builder().conditionCheck(check.build()).build();
  }

  private TransactWriteItem update(InterventionState from, Item to) {
    var values = new HashMap<String, AttributeValue>();
    var set = new StringJoiner(", ", "SET ", "");
    to.attributes()
        .forEach(
            (name, value) -> {
              values.put(":" + name, value);
              set.add("%1$s = :%1$s".formatted(name));
            });
    if (from.version() > 0) {
      values.put(EXPECTED, Item.ofNumber(from.version()));
    }
    boolean stopped = to.value(StateTable.STOP).isPresent();
    var update =
        Update.builder()
            .tableName(state.table())
            .key(state.key(StateTable.INTERVENTIONS))
            .updateExpression(stopped ? set.toString() : set + " REMOVE " + StateTable.STOP)
            .conditionExpression(condition(from.version()))
            .expressionAttributeValues(values)
            .build();
    return TransactWriteItem.builder().update(update).build();
  }

  private static String condition(long version) {
    return version > 0 ? StateTable.AT_VERSION : StateTable.NO_VERSION;
  }

  /** Compared as items, because dates are stored to the microsecond. */
  private Optional<String> contradiction(Item meant) {
    return InterventionsItem.of(reads.interventions()).equals(meant)
        ? Optional.empty()
        : Optional.of(
            "other interventions on %s were set at the same time".formatted(state.owner().words()));
  }

  private AuditEntry event(InterventionUpdate saying) {
    return new AuditEntry(
        saying.intervention().event(),
        saying.attribution().by(),
        saying.intervention().subject(),
        InterventionDescription.of(
            saying.intervention(), saying.from(), state.owner().whole(), saying.attribution().at()),
        InterventionDescription.of(
            saying.intervention(), saying.to(), state.owner().whole(), saying.attribution().at()),
        detail(saying));
  }

  /** The reason, and in brackets what else is needed to understand the event years later. */
  private static String detail(InterventionUpdate saying) {
    var more = new StringJoiner(", ", " (", ")").setEmptyValue("");
    if (saying.intervention() instanceof Intervention.SetFreeze freeze) {
      more.add("freeze '%s'".formatted(freeze.id()));
      freeze.from().ifPresent(from -> more.add("from " + from));
    }
    saying.attribution().until().ifPresent(until -> more.add("until " + until));
    return saying.attribution().reason() + more;
  }

  private Failure tooMuch(int size) {
    return Failure.stalled(
        String.format(
            Locale.ROOT,
            "the interventions on %s take about %,d bytes; DynamoDB allows %,d for an item,"
                + " and Onward fills it up to %,d: remove some first",
            state.owner().words(),
            size,
            ItemSize.MAXIMUM,
            ItemSize.LIMIT));
  }
}
