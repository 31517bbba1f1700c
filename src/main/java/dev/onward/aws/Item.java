package dev.onward.aws;

import dev.onward.model.InvalidValueException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A DynamoDB item, or a map inside one. Reading is lenient: an attribute of another type is as good
 * as absent.
 */
record Item(Map<String, AttributeValue> attributes) {
  Item {
    attributes = Map.copyOf(attributes);
  }

  /** Collects the attributes of an item to be written. */
  static final class Builder {
    private final Map<String, AttributeValue> attributes = new TreeMap<>();

    Builder text(String name, String value) {
      attributes.put(name, Item.ofText(value));
      return this;
    }

    Builder text(String name, Optional<String> value) {
      value.ifPresent(present -> text(name, present));
      return this;
    }

    Builder value(String name, AttributeValue value) {
      attributes.put(name, value);
      return this;
    }

    Builder number(String name, long value) {
      attributes.put(name, Item.ofNumber(value));
      return this;
    }

    Builder flag(String name, boolean value) {
      attributes.put(name, AttributeValue.fromBool(value));
      return this;
    }

    Builder map(String name, Item value) {
      attributes.put(name, value.asValue());
      return this;
    }

    Builder list(String name, List<Item> values) {
      attributes.put(name, Item.ofList(values));
      return this;
    }

    Item build() {
      return new Item(attributes);
    }
  }

  static Builder builder() {
    return new Builder();
  }

  static AttributeValue ofText(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue ofNumber(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  static AttributeValue ofList(List<Item> values) {
    return AttributeValue.fromL(values.stream().map(Item::asValue).toList());
  }

  AttributeValue asValue() {
    return AttributeValue.fromM(attributes);
  }

  Optional<AttributeValue> value(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  Optional<String> text(String name) {
    return value(name).map(AttributeValue::s);
  }

  Optional<Long> number(String name) {
    return value(name).map(AttributeValue::n).flatMap(Item::parsed);
  }

  /** Throws {@link InvalidValueException} unless it is a whole number within the bounds. */
  long number(String name, long least, long most) {
    return number(name)
        .filter(number -> number >= least && number <= most)
        .orElseThrow(
            () ->
                invalid(
                    name,
                    String.format(Locale.ROOT, "a whole number from %,d to %,d", least, most)));
  }

  /** What is said of an attribute that is missing or makes no sense. */
  InvalidValueException invalid(String name, String allowed) {
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

  Optional<Boolean> flag(String name) {
    return value(name).map(AttributeValue::bool);
  }

  Optional<Item> map(String name) {
    return value(name).flatMap(Item::map);
  }

  /** Absent if the attribute is no list; an empty list is present. */
  Optional<List<AttributeValue>> list(String name) {
    return value(name).filter(AttributeValue::hasL).map(AttributeValue::l);
  }

  static Optional<Item> map(AttributeValue value) {
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
