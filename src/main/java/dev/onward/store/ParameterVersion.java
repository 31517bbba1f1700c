package dev.onward.store;

import java.time.Instant;
import java.util.Optional;

/** One version in a parameter's history. */
public record ParameterVersion(
    long version,
    String value,
    Instant lastModified,
    Optional<String> lastModifiedBy,
    Optional<String> description) {}
