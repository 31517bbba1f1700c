package dev.onward.aws.dynamodb.state;

import dev.onward.aws.dynamodb.DynamoDates;
import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.RequesterItem;
import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Requester;
import dev.onward.model.intervention.Approval;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Freeze;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.ReleaseId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The interventions as one item of the state table. Strict: misreading a hold would let through
 * what it holds. An item without a version has no interventions yet.
 */
public final class InterventionsItem {
  private InterventionsItem() {}

  static boolean isOne(Item item) {
    return item.text(StateTable.SK).filter(StateTable.INTERVENTIONS::equals).isPresent()
        && item.value(StateTable.VERSION).isPresent();
  }

  /** All attributes except the key. */
  public static Item of(InterventionState interventions) {
    var item =
        Item.builder()
            .number(StateTable.VERSION, interventions.version())
            .map(StateTable.HOLDS, byId(interventions.holds(), EnvironmentId::value))
            .map(StateTable.REJECTIONS, byId(interventions.rejections(), ReleaseId::value))
            .list(
                StateTable.APPROVALS,
                interventions.approvals().stream().map(InterventionsItem::approval).toList())
            .list(
                StateTable.FREEZES,
                interventions.freezes().stream().map(InterventionsItem::freeze).toList());
    interventions
        .stop()
        .ifPresent(attribution -> item.map(StateTable.STOP, interventions(attribution).build()));
    return item.build();
  }

  /** Throws {@link InvalidValueException} if an attribute is missing or invalid. */
  static InterventionState read(Item item) {
    return new InterventionState(
        item.number(StateTable.VERSION, 1, StateTable.HIGHEST_VERSION),
        item.value(StateTable.STOP).map(value -> readAttribution(map(item, StateTable.STOP))),
        readById(item, StateTable.HOLDS, EnvironmentId::new),
        readById(item, StateTable.REJECTIONS, ReleaseId::new),
        readList(item, StateTable.APPROVALS, InterventionsItem::readApproval),
        readList(item, StateTable.FREEZES, InterventionsItem::readFreeze));
  }

  private static Item.Builder interventions(Attribution attribution) {
    return Item.builder()
        .map(StateTable.WHO, RequesterItem.of(attribution.by()))
        .text(StateTable.AT, DynamoDates.format(attribution.at()))
        .text(StateTable.REASON, attribution.reason())
        .text(StateTable.UNTIL, attribution.until().map(DynamoDates::format));
  }

  private static Attribution readAttribution(Item item) {
    Item who = map(item, StateTable.WHO);
    return new Attribution(
        new Requester(text(who, RequesterItem.ID), text(who, RequesterItem.NAME)),
        date(item, StateTable.AT).orElseThrow(() -> item.invalid(StateTable.AT, "a date")),
        text(item, StateTable.REASON),
        date(item, StateTable.UNTIL));
  }

  private static Item approval(Approval approval) {
    return interventions(approval.given())
        .text(StateTable.RELEASE_ID, approval.release().value())
        .text(StateTable.ENVIRONMENT_ID, approval.environment().value())
        .build();
  }

  private static Approval readApproval(Item item) {
    return new Approval(
        new ReleaseId(text(item, StateTable.RELEASE_ID)),
        new EnvironmentId(text(item, StateTable.ENVIRONMENT_ID)),
        readAttribution(item));
  }

  private static Item freeze(Freeze freeze) {
    return interventions(freeze.set())
        .text(StateTable.FREEZE_ID, freeze.id())
        .text(StateTable.ENVIRONMENT_ID, freeze.environment().map(EnvironmentId::value))
        .text(StateTable.FROM, freeze.from().map(DynamoDates::format))
        .build();
  }

  private static Freeze readFreeze(Item item) {
    boolean everywhere = item.value(StateTable.ENVIRONMENT_ID).isEmpty();
    return new Freeze(
        text(item, StateTable.FREEZE_ID),
        everywhere
            ? Optional.empty()
            : Optional.of(new EnvironmentId(text(item, StateTable.ENVIRONMENT_ID))),
        date(item, StateTable.FROM),
        readAttribution(item));
  }

  private static <K> Item byId(SortedMap<K, Attribution> entries, Function<K, String> id) {
    var items = Item.builder();
    entries.forEach(
        (key, attribution) -> items.map(id.apply(key), interventions(attribution).build()));
    return items.build();
  }

  private static <K extends Comparable<? super K>> SortedMap<K, Attribution> readById(
      Item item, String name, Function<String, K> id) {
    var entries = new TreeMap<K, Attribution>();
    for (Map.Entry<String, AttributeValue> entry : map(item, name).attributes().entrySet()) {
      entries.put(id.apply(entry.getKey()), readAttribution(map(item, name, entry.getValue())));
    }
    return entries;
  }

  private static <T> List<T> readList(Item item, String name, Function<Item, T> reading) {
    return item.list(name).orElseThrow(() -> item.invalid(name, "a list")).stream()
        .map(value -> reading.apply(map(item, name, value)))
        .toList();
  }

  private static Item map(Item item, String name) {
    return item.map(name).orElseThrow(() -> item.invalid(name, "a map"));
  }

  /** The map inside an attribute of the item. */
  private static Item map(Item item, String name, AttributeValue value) {
    return Item.map(value).orElseThrow(() -> item.invalid(name, "a map in every place"));
  }

  private static String text(Item item, String name) {
    return item.text(name).orElseThrow(() -> item.invalid(name, "a text"));
  }

  /** An unreadable end must not be mistaken for none, nor none for an end. */
  private static Optional<Instant> date(Item item, String name) {
    return item.value(name)
        .map(value -> DynamoDates.parse(value).orElseThrow(() -> item.invalid(name, "a date")));
  }
}
