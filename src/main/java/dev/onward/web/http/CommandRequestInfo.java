package dev.onward.web.http;

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
public record CommandRequestInfo(
    Requester by, String subject, boolean dryRun, Optional<IdempotentRequest> keyed) {
  private static final String KEY = CommandRequestInfo.class.getName();

  /** Of one who is known, of whose request nothing else is. */
  public CommandRequestInfo(Requester by, String subject) {
    this(by, subject, false, Optional.empty());
  }

  public CommandRequestInfo with(IdempotentRequest key) {
    return new CommandRequestInfo(by, subject, dryRun, Optional.of(key));
  }

  static Optional<CommandRequestInfo> of(RoutingContext request) {
    return Optional.ofNullable(request.get(KEY));
  }

  public void keepIn(RoutingContext request) {
    request.put(KEY, this);
  }
}
