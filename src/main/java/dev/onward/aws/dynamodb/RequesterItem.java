package dev.onward.aws.dynamodb;

import dev.onward.model.Requester;
import java.util.Optional;

/** A requester as a map of id and name, the form that both tables and the older tool use. */
public final class RequesterItem {
  public static final String ID = "id";
  public static final String NAME = "name";

  private RequesterItem() {}

  public static Item of(Requester requester) {
    return Item.builder().text(ID, requester.id()).text(NAME, requester.name()).build();
  }

  /**
   * The requester of an item that the older tool may have written; {@link Requester#UNKNOWN} if it
   * names none. Its newer versions write a plain string in place of the map.
   *
   * @param attribute the name of the attribute that holds the requester
   */
  public static Requester read(Item item, String attribute) {
    Optional<Item> map = item.map(attribute);
    Optional<String> name = map.flatMap(m -> present(m, NAME));
    return map.flatMap(m -> present(m, ID))
        .or(() -> name)
        .or(() -> present(item, attribute))
        .map(id -> new Requester(id, name.orElse(id)))
        .orElse(Requester.UNKNOWN);
  }

  private static Optional<String> present(Item item, String attribute) {
    return item.text(attribute).filter(text -> !text.isBlank());
  }
}
