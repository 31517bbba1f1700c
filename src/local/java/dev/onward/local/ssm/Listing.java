package dev.onward.local.ssm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A listing that comes in pages.
 *
 * @param operation that lists; a token of another's is refused
 */
record Listing(String operation, ListingRange range, ParameterFilters filters) {

  /**
   * One page.
   *
   * @param nextToken absent on the last page only; a page before may be short, or empty
   */
  record Page(List<StoredParameter> parameters, Optional<String> nextToken) {}

  /**
   * The first page, or the one that a token stands for.
   *
   * @param size how many parameters the page may have
   */
  Page page(ParameterTable table, Optional<String> nextToken, int size) {
    PageToken token = new PageToken(toString());
    String[] place = token.position(nextToken).split("\n", -1);
    String position = place[0];
    int emptyPages = place.length > 1 ? Integer.parseInt(place[1]) : 0;
    List<StoredParameter> found = new ArrayList<>(size);
    boolean[] more = {false};
    table.walk(
        range,
        position,
        parameter -> {
          if (filters.test(parameter)) {
            if (found.size() == size) {
              more[0] = true;
              return false;
            }
            found.add(parameter);
          }
          return true;
        });
    // No token leads to itself, not even that of an empty page.
    String end =
        found.isEmpty() ? position + "\n" + (emptyPages + 1) : found.getLast().name().key();
    return new Page(found, more[0] ? Optional.of(token.at(end)) : Optional.empty());
  }
}
