package dev.onward.local.ssm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The filters of a listing: a parameter must pass all of them. */
record ParameterFilters(List<ParameterFilter> filters) implements Predicate<StoredParameter> {

  /** SSM's {@code ParameterStringFilter}, as it comes in a request. */
  record Shape(Optional<String> key, Optional<String> option, Optional<List<String>> values) {}

  static final List<ParameterFilter.Key> FOR_DESCRIBE =
      List.of(
          ParameterFilter.Key.PATH,
          ParameterFilter.Key.NAME,
          ParameterFilter.Key.TYPE,
          ParameterFilter.Key.KEY_ID,
          ParameterFilter.Key.TIER,
          ParameterFilter.Key.DATA_TYPE);
  static final List<ParameterFilter.Key> FOR_PATH =
      List.of(ParameterFilter.Key.TYPE, ParameterFilter.Key.KEY_ID);

  private static final Pattern KEYS =
      Pattern.compile("tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType");

  static ParameterFilters parse(List<Shape> shapes, List<ParameterFilter.Key> allowed) {
    Constraints constraints = new Constraints();
    for (int i = 0; i < shapes.size(); i++) {
      String member = "parameterFilters.%s.member".formatted(i + 1);
      constraints
          .required(member + ".key", shapes.get(i).key())
          .pattern(member + ".key", shapes.get(i).key(), KEYS)
          .length(member + ".option", shapes.get(i).option(), 1, 10)
          .size(member + ".values", shapes.get(i).values(), 1, 50);
    }
    constraints.check();
    List<ParameterFilter> filters = new ArrayList<>();
    Set<ParameterFilter.Key> seen = new HashSet<>();
    for (Shape shape : shapes) {
      ParameterFilter filter = parse(shape, allowed);
      if (!seen.add(filter.key())) {
        throw SsmErrors.duplicateFilter(filter.key().wireName());
      }
      filters.add(filter);
    }
    return new ParameterFilters(filters);
  }

  private static ParameterFilter parse(Shape shape, List<ParameterFilter.Key> allowed) {
    String wireKey = shape.key().orElseThrow();
    ParameterFilter.Key key =
        allowed.stream()
            .filter(candidate -> candidate.wireName().equals(wireKey))
            .findFirst()
            .orElseThrow(
                () ->
                    SsmErrors.badFilterKey(
                        wireKey, allowed.stream().map(ParameterFilter.Key::wireName).toList()));
    List<String> values =
        shape.values().orElseThrow(() -> SsmErrors.filterValuesMissing(key.wireName()));
    return ParameterFilter.of(key, option(shape.option(), key.options()), values);
  }

  private static ParameterFilter.Option option(
      Optional<String> wireName, List<ParameterFilter.Option> allowed) {
    String wanted = wireName.orElse(allowed.getFirst().wireName());
    return allowed.stream()
        .filter(option -> option.wireName().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                SsmErrors.badFilterOption(
                    wanted, allowed.stream().map(ParameterFilter.Option::wireName).toList()));
  }

  @Override
  public boolean test(StoredParameter parameter) {
    return filters.stream().allMatch(filter -> filter.test(parameter));
  }

  /** The narrowest stretch of the table that needs to be looked at. */
  ListingRange range() {
    return filters.stream()
        .map(ParameterFilter::range)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(ListingRange.EVERYTHING);
  }
}
