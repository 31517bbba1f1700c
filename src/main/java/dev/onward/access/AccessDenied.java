package dev.onward.access;

import dev.onward.model.Requester;
import java.util.Optional;

/**
 * Somebody was not let: a CDI event, fired for every refusal for whoever keeps a record of them.
 * Observers must not block, for it may be fired on a thread that serves other requests, and must
 * not throw.
 *
 * @param who if that is known
 * @param method of the request, such as {@code POST}
 * @param path of the request, without its query
 */
public record AccessDenied(
    Optional<Requester> who,
    String method,
    String path,
    AccessDeniedException.Kind kind,
    String detail) {}
