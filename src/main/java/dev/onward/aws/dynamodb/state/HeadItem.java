package dev.onward.aws.dynamodb.state;

import dev.onward.aws.dynamodb.DynamoDates;
import dev.onward.aws.dynamodb.Item;
import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.ReleaseId;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The heads as items of the state table. Strict, unlike releases: only Onward writes here, and
 * decisions depend on a head. An item without a version is not a head yet.
 */
final class HeadItem {
  private HeadItem() {}

  static boolean isLabel(Item item) {
    return isHead(item, StateTable.LABEL_PREFIX);
  }

  static boolean isEnvironment(Item item) {
    return isHead(item, StateTable.ENVIRONMENT_PREFIX);
  }

  /** Throws {@link InvalidValueException} if an attribute is missing or invalid. */
  static LabelHead readLabel(Item item) {
    return new LabelHead(
        new Label(required(item, StateTable.LABEL)),
        new ReleaseId(required(item, StateTable.RELEASE_ID)),
        date(item, StateTable.RELEASE_CREATED_AT),
        version(item));
  }

  /** Throws {@link InvalidValueException} if an attribute is missing or invalid. */
  static EnvironmentHead readEnvironment(Item item) {
    var history =
        item.list(StateTable.HISTORY)
            .orElseThrow(() -> item.invalid(StateTable.HISTORY, "a list of deployments"));
    return new EnvironmentHead(
        new EnvironmentId(required(item, StateTable.ENVIRONMENT_ID)),
        version(item),
        item.flag(StateTable.CONVERGED)
            .orElseThrow(() -> item.invalid(StateTable.CONVERGED, "true or false")),
        history.stream().map(HistoryItem::read).toList(),
        optionalDate(item, StateTable.AUTOMATION_AFTER),
        optionalDate(item, StateTable.ADOPTED_UP_TO),
        item.flag(StateTable.REPAIR_ASKED).orElse(false));
  }

  static AttributeValue history(EnvironmentHead head) {
    return Item.ofList(head.history().stream().map(HistoryItem::of).toList());
  }

  private static boolean isHead(Item item, String prefix) {
    return item.text(StateTable.SK).filter(key -> key.startsWith(prefix)).isPresent()
        && item.value(StateTable.VERSION).isPresent();
  }

  private static long version(Item item) {
    return item.number(StateTable.VERSION, 1, StateTable.HIGHEST_VERSION);
  }

  private static String required(Item item, String name) {
    return item.text(name).orElseThrow(() -> item.invalid(name, "a text"));
  }

  private static Instant date(Item item, String name) {
    return optionalDate(item, name).orElseThrow(() -> item.invalid(name, "a date"));
  }

  /** A date that is present must be readable: without it automation would have no bound. */
  private static Optional<Instant> optionalDate(Item item, String name) {
    return item.value(name)
        .map(value -> DynamoDates.parse(value).orElseThrow(() -> item.invalid(name, "a date")));
  }
}
