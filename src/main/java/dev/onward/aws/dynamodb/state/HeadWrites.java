package dev.onward.aws.dynamodb.state;

import dev.onward.aws.dynamodb.DynamoDates;
import dev.onward.aws.dynamodb.Item;
import dev.onward.model.EnvironmentId;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The writes that move heads, each on condition that the head is as observed. They name the
 * attributes they change: others in the same item, for example of a later version, are left
 * unchanged.
 */
public final class HeadWrites {
  private final StatePartition state;

  public HeadWrites(StatePartition state) {
    this.state = state;
  }

  public TransactWriteItem move(Optional<LabelHead> from, LabelHead to) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":label", Item.ofText(to.label().value()));
    values.put(":release", Item.ofText(to.release().value()));
    values.put(":created", Item.ofText(DynamoDates.format(to.releaseCreatedAt())));
    values.put(":version", Item.ofNumber(to.version()));
    from.ifPresent(
        head -> {
          values.put(":expected_version", Item.ofNumber(head.version()));
          values.put(":expected_release", Item.ofText(head.release().value()));
        });
    return inTransaction(
        update(
            state.key(StateTable.sortKey(to.label())),
            StateTable.MOVE_LABEL,
            from.isPresent() ? StateTable.LABEL_HEAD_AS_OBSERVED : StateTable.NO_VERSION,
            values));
  }

  TransactWriteItem create(EnvironmentHead to) {
    return put(to, StateTable.NO_VERSION, Map.of());
  }

  public TransactWriteItem move(EnvironmentHead from, EnvironmentHead to) {
    return put(
        to, StateTable.AT_VERSION, Map.of(":expected_version", Item.ofNumber(from.version())));
  }

  /**
   * On condition that the head's current release is still the one whose parameters were written.
   */
  Update markConverged(EnvironmentHead head) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":converged", AttributeValue.fromBool(true));
    values.put(":expected_version", Item.ofNumber(head.version()));
    String condition = StateTable.AT_VERSION;
    if (head.current().isPresent()) {
      values.put(":expected_release", HistoryItem.id(head.current().get().release().value()));
      int last = head.history().size() - 1;
      condition += " AND " + StateTable.CURRENT_RELEASE.formatted(last);
    }
    return update(
        state.key(StateTable.sortKey(head.environment())),
        StateTable.SET_CONVERGED,
        condition,
        values);
  }

  /** Sets a new version, so that no earlier observation can mark it converged. */
  Update reopen(EnvironmentId environment) {
    return update(
        state.key(StateTable.sortKey(environment)),
        StateTable.REOPEN,
        StateTable.ANY_VERSION,
        Map.of(":converged", AttributeValue.fromBool(false), ":one", Item.ofNumber(1)));
  }

  public TransactWriteItem requireUnmoved(EnvironmentHead head) {
    var check =
        ConditionCheck.builder()
            .tableName(state.table())
            .key(state.key(StateTable.sortKey(head.environment())))
            .conditionExpression(StateTable.AT_VERSION)
            .expressionAttributeValues(Map.of(":expected_version", Item.ofNumber(head.version())))
            .build();
    return TransactWriteItem.builder().conditionCheck(check).build();
  }

  /** Explains why a move from {@code from} failed. */
  public static String moved(EnvironmentHead from, Optional<EnvironmentHead> found) {
    return "environment %s was at version %s with release %s, now it is %s"
        .formatted(
            from.environment(),
            from.version(),
            release(from),
            found
                .map(head -> "at version %s with %s".formatted(head.version(), release(head)))
                .orElse("gone"));
  }

  private static String release(EnvironmentHead head) {
    return head.current().map(current -> current.release().value()).orElse("none");
  }

  private TransactWriteItem put(
      EnvironmentHead to, String condition, Map<String, AttributeValue> expected) {
    var values = new HashMap<>(expected);
    values.put(":environment", Item.ofText(to.environment().value()));
    values.put(":version", Item.ofNumber(to.version()));
    values.put(":converged", AttributeValue.fromBool(to.converged()));
    values.put(":history", HeadItem.history(to));
    return inTransaction(
        update(
            state.key(StateTable.sortKey(to.environment())),
            StateTable.MOVE_ENVIRONMENT + optional(to, values),
            condition,
            values));
  }

  private static String optional(EnvironmentHead to, Map<String, AttributeValue> values) {
    var attributes = new TreeMap<String, Optional<AttributeValue>>();
    attributes.put(StateTable.AUTOMATION_AFTER, to.automationAfter().map(HeadWrites::date));
    attributes.put(StateTable.ADOPTED_UP_TO, to.adoptedUpTo().map(HeadWrites::date));
    attributes.put(
        StateTable.REPAIR_ASKED,
        to.repairAsked() ? Optional.of(AttributeValue.fromBool(true)) : Optional.empty());
    var set = new StringBuilder();
    var removed = new ArrayList<String>();
    attributes.forEach(
        (name, attribute) ->
            attribute.ifPresentOrElse(
                value -> {
                  values.put(":" + name, value);
                  set.append(", %1$s = :%1$s".formatted(name));
                },
                () -> removed.add(name)));
    return removed.isEmpty() ? set.toString() : set + " REMOVE " + String.join(", ", removed);
  }

  private static AttributeValue date(Instant date) {
    return Item.ofText(DynamoDates.format(date));
  }

  private Update update(
      Map<String, AttributeValue> key,
      String expression,
      String condition,
      Map<String, AttributeValue> values) {
    return Update.builder()
        .tableName(state.table())
        .key(key)
        .updateExpression(expression)
        .conditionExpression(condition)
        .expressionAttributeValues(values)
        .build();
  }

  private static TransactWriteItem inTransaction(Update update) {
    return TransactWriteItem.builder().update(update).build();
  }
}
