package dev.onward.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One entry of the audit trail: who changed what, from what to what, or whose request was denied.
 *
 * @param at when it was written
 * @param event such as {@code release_cut}, {@code environment_held}, {@code refused}
 * @param subject the label, environment, release or other object it concerns
 * @param before the state before the change
 * @param after the state after the change
 * @param detail the reason, as a sentence for people
 * @param request the id of the request that caused it; for automation, a token that is the same for
 *     every attempt at the write
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
