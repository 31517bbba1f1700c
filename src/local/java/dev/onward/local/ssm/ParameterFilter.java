package dev.onward.local.ssm;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One filter of a listing, checked.
 *
 * @param values any of which a parameter may match; for paths and names as a {@link
 *     ParameterName#key} has them
 */
record ParameterFilter(Key key, Option option, List<String> values)
    implements Predicate<StoredParameter> {

  enum Key {
    PATH("Path"),
    NAME("Name"),
    TYPE("Type"),
    KEY_ID("KeyId"),
    TIER("Tier"),
    DATA_TYPE("DataType");

    private final String wireName;

    Key(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }

    List<Option> options() {
      return switch (this) {
        case PATH -> List.of(Option.ONE_LEVEL, Option.RECURSIVE);
        case NAME -> List.of(Option.EQUALS, Option.BEGINS_WITH, Option.CONTAINS);
        case TYPE, KEY_ID, TIER, DATA_TYPE -> List.of(Option.EQUALS, Option.BEGINS_WITH);
      };
    }
  }

  enum Option {
    EQUALS("Equals"),
    BEGINS_WITH("BeginsWith"),
    CONTAINS("Contains"),
    ONE_LEVEL("OneLevel"),
    RECURSIVE("Recursive");

    private final String wireName;

    Option(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  static ParameterFilter of(Key key, Option option, List<String> values) {
    UnaryOperator<String> asInKeys =
        switch (option) {
          case ONE_LEVEL, RECURSIVE -> path -> ParameterPath.parse(path).prefix();
          case EQUALS, BEGINS_WITH -> key == Key.NAME ? ParameterName::keyOf : value -> value;
          case CONTAINS -> value -> value;
        };
    return new ParameterFilter(key, option, values.stream().map(asInKeys).toList());
  }

  @Override
  public boolean test(StoredParameter parameter) {
    return values.stream().anyMatch(value -> matches(attribute(parameter), value));
  }

  private String attribute(StoredParameter parameter) {
    ParameterVersion latest = parameter.latest();
    return switch (key) {
      case PATH, NAME -> parameter.name().key();
      case TYPE -> latest.type().wireName();
      case KEY_ID -> latest.keyId().orElse("");
      case TIER -> latest.tier().wireName();
      case DATA_TYPE -> latest.dataType();
    };
  }

  private boolean matches(String attribute, String value) {
    return switch (option) {
      case EQUALS -> attribute.equals(value);
      case BEGINS_WITH -> attribute.startsWith(value);
      case CONTAINS -> attribute.contains(value);
      case ONE_LEVEL, RECURSIVE -> below(value).contains(attribute);
    };
  }

  private ListingRange below(String path) {
    return new ListingRange(path, option == Option.RECURSIVE);
  }

  /** Where in the table everything is that this lets through, if that is one stretch. */
  Optional<ListingRange> range() {
    if (values.size() != 1) {
      return Optional.empty();
    }
    String value = values.getFirst();
    return switch (option) {
      case ONE_LEVEL, RECURSIVE -> Optional.of(below(value));
      case EQUALS, BEGINS_WITH ->
          key == Key.NAME ? Optional.of(new ListingRange(value, true)) : Optional.empty();
      case CONTAINS -> Optional.empty();
    };
  }
}
