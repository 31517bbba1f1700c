package dev.onward.local.ssm;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How the local SSM behaves.
 *
 * @param dataDirectory where parameters survive a restart; without it they live in memory
 * @param clock of LastModifiedDate and of calendars
 * @param standardParameterQuota how many standard parameters there may be; no limit without it
 *     (AWS: 10,000 an account and Region)
 * @param unevenPages the seed of random page sizes, from none to the maximum; full pages without it
 */
public record SsmOptions(
    Optional<Path> dataDirectory,
    InstantSource clock,
    OptionalInt standardParameterQuota,
    OptionalLong unevenPages) {}
