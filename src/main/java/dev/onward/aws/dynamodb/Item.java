package dev.onward.aws.dynamodb;

import dev.onward.model.InvalidValueException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A DynamoDB item, or a map inside one. Reading is lenient: an attribute of the wrong type counts
 * as absent.
 */
public record Item(Map<String, AttributeValue> attributes) {
  public Item {
    attributes = Map.copyOf(attributes);
  }

  /** Collects the attributes of an item to be written. */
  public static final class Builder {
    private final Map<String, AttributeValue> attributes = new TreeMap<>();

    public Builder text(String name, String value) {
      attributes.put(name, Item.ofText(value));
      return this;
    }

    public Builder text(String name, Optional<String> value) {
      value.ifPresent(present -> text(name, present));
      return this;
    }

    public Builder value(String name, AttributeValue value) {
      attributes.put(name, value);
      return this;
    }

    public Builder number(String name, long value) {
      attributes.put(name, Item.ofNumber(value));
      return this;
    }

    public Builder flag(String name, boolean value) {
      attributes.put(name, AttributeValue.fromBool(value));
      return this;
    }

    public Builder map(String name, Item value) {
      attributes.put(name, value.asValue());
      return this;
    }

    public Builder list(String name, List<Item> values) {
      attributes.put(name, Item.ofList(values));
      return this;
    }

    public Item build() {
      return new Item(attributes);
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  public static AttributeValue ofText(String value) {
    return AttributeValue.fromS(value);
  }

  public static AttributeValue ofNumber(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  public static AttributeValue ofList(List<Item> values) {
    return AttributeValue.fromL(values.stream().map(Item::asValue).toList());
  }

  public AttributeValue asValue() {
    return AttributeValue.fromM(attributes);
  }

  public Optional<AttributeValue> value(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  public Optional<String> text(String name) {
    return value(name).map(AttributeValue::s);
  }

  public Optional<Long> number(String name) {
    return value(name).map(AttributeValue::n).flatMap(Item::parsed);
  }

  /** Throws {@link InvalidValueException} unless it is a whole number within the bounds. */
  public long number(String name, long least, long most) {
    return number(name)
        .filter(number -> number >= least && number <= most)
        .orElseThrow(
            () ->
                invalid(
                    name,
                    String.format(Locale.ROOT, "a whole number from %,d to %,d", least, most)));
  }

  /** The exception for an attribute that is missing or invalid. */
  public InvalidValueException invalid(String name, String allowed) {
    return new InvalidValueException(
        "attribute '%s':".formatted(name), value(name).map(Item::shown).orElse("(none)"), allowed);
  }

  private static String shown(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> value.n();
      default -> "a value of type " + value.type();
    };
  }

  public Optional<Boolean> flag(String name) {
    return value(name).map(AttributeValue::bool);
  }

  public Optional<Item> map(String name) {
    return value(name).flatMap(Item::map);
  }

  /** Absent if the attribute is not a list; an empty list is present. */
  public Optional<List<AttributeValue>> list(String name) {
    return value(name).filter(AttributeValue::hasL).map(AttributeValue::l);
  }

  public static Optional<Item> map(AttributeValue value) {
    return value.hasM() ? Optional.of(new Item(value.m())) : Optional.empty();
  }

  private static Optional<Long> parsed(String number) {
    try {
      return Optional.of(Long.valueOf(number));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
