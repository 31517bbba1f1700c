package dev.onward.api;

import dev.onward.model.Requester;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * What is known of an act while it is done, for what comes after it.
 *
 * @param keyed present if the request has a key
 */
record Account(Requester by, boolean dryRun, Optional<KeyedRequest> keyed) {
  private static final String KEY = Account.class.getName();

  static Optional<Account> of(RoutingContext request) {
    return Optional.ofNullable(request.get(KEY));
  }

  void keepIn(RoutingContext request) {
    request.put(KEY, this);
  }
}
