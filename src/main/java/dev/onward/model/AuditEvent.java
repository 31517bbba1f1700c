package dev.onward.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of the audit trail: who changed what, from what, to what; or who was not let.
 *
 * @param at when it was written
 * @param event such as {@code release_cut}, {@code environment_held}, {@code refused}
 * @param subject the label, the environment, the release or whatever else it is about
 * @param before what was there
 * @param after what is there now
 * @param detail the reason, for people
 * @param request the id of the request that asked for it; of what automation did, a token that is
 *     the same however often the write is sent
 */
public record AuditEvent(
    Instant at,
    String event,
    Requester who,
    String subject,
    Optional<String> before,
    Optional<String> after,
    String detail,
    String request) {}
