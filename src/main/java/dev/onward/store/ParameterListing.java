package dev.onward.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All parameters of a project, as one listing returned them.
 *
 * @param readAt when the listing began, by the store's own clock, which also dates the parameters;
 *     it may be up to a second early. Absent if the store did not say
 */
public record ParameterListing(List<ListedParameter> parameters, Optional<Instant> readAt) {
  public ParameterListing {
    parameters = List.copyOf(parameters);
  }
}
