package dev.onward.store;

import java.time.Instant;

/**
 * A parameter as returned by a listing.
 *
 * @param type {@code String}, {@code StringList} or {@code SecureString}
 * @param value for a SecureString the value as listed, never decrypted
 */
public record ListedParameter(
    String name, String type, String value, long version, Instant lastModified) {}
