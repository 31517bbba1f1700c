package dev.onward.store;

import java.time.Instant;

/**
 * A parameter as a listing returned it.
 *
 * @param type {@code String}, {@code StringList} or {@code SecureString}
 * @param value for a SecureString whatever the listing gave, never decrypted
 */
public record ListedParameter(
    String name, String type, String value, long version, Instant lastModified) {}
