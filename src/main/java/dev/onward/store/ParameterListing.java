package dev.onward.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All parameters of a project, as returned by one listing.
 *
 * @param readAt when the listing began, by the store's clock, which also dates the parameters; up
 *     to a second early. Absent if the store did not report it
 */
public record ParameterListing(List<ListedParameter> parameters, Optional<Instant> readAt) {
  public ParameterListing {
    parameters = List.copyOf(parameters);
  }
}
