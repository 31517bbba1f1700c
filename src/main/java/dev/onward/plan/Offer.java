package dev.onward.plan;

import dev.onward.model.Release;
import java.time.Instant;
import java.util.Optional;

/**
 * A release that a source offers to the environments that take releases from it.
 *
 * @param since from when it counts: its creation for a label, its deployment for an environment
 * @param unavailable why it cannot be taken although it is newer, such as a rollback in the source
 */
record Offer(Release release, Instant since, Optional<String> unavailable) {}
