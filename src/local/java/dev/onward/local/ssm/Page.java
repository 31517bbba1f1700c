package dev.onward.local.ssm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One page of a listing.
 *
 * @param nextToken absent on the last page only; a page before may be short, or empty
 */
record Page(List<StoredParameter> parameters, Optional<String> nextToken) {

  /**
   * Fills a page.
   *
   * @param position where the page before ended; empty at the start
   */
  static Page fill(
      ParameterTable table,
      ListingRange range,
      Predicate<StoredParameter> filter,
      PageToken token,
      String position,
      int size) {
    List<StoredParameter> found = new ArrayList<>(size);
    boolean[] more = {false};
    table.walk(
        range,
        position,
        parameter -> {
          if (filter.test(parameter)) {
            if (found.size() == size) {
              more[0] = true;
              return false;
            }
            found.add(parameter);
          }
          return true;
        });
    String end = found.isEmpty() ? position : found.getLast().name().key();
    return new Page(found, more[0] ? Optional.of(token.at(end)) : Optional.empty());
  }
}
