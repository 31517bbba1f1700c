package dev.onward.api;

import dev.onward.model.Requester;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * What is known of an act while it is done, for what comes after it.
 *
 * @param subject the environment, the release, the label, the project or everything; the path does
 *     not always name it
 * @param keyed present if the request has a key
 */
record Account(Requester by, String subject, boolean dryRun, Optional<KeyedRequest> keyed) {
  private static final String KEY = Account.class.getName();

  /** Of one who is known, of whose request nothing else is. */
  Account(Requester by, String subject) {
    this(by, subject, false, Optional.empty());
  }

  Account with(KeyedRequest key) {
    return new Account(by, subject, dryRun, Optional.of(key));
  }

  static Optional<Account> of(RoutingContext request) {
    return Optional.ofNullable(request.get(KEY));
  }

  void keepIn(RoutingContext request) {
    request.put(KEY, this);
  }
}
