package dev.onward.local;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How to start the local AWS.
 *
 * @param port on loopback; 0 for any free one
 * @param dataDirectory where everything survives a restart; without it all lives in memory
 * @param clock of parameters, calendars, temporary credentials and the Date of every answer;
 *     DynamoDB Local has its own
 * @param dynamoDb whether to start DynamoDB Local, which takes a second or two
 * @param standardParameterQuota how many standard parameters there may be (AWS: 10,000 an account
 *     and Region); no limit without it
 * @param unevenPages the seed of random page sizes, from none to the maximum, for SSM's listings;
 *     full pages without it. AWS allows itself either.
 */
public record LocalAwsOptions(
    int port,
    Optional<Path> dataDirectory,
    InstantSource clock,
    boolean dynamoDb,
    OptionalInt standardParameterQuota,
    OptionalLong unevenPages) {

  public static final int DEFAULT_PORT = 4566;

  public LocalAwsOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("onward.local.port must be at most 65535, not " + port);
    }
  }

  /** On the default port, in memory, by the system's clock. */
  public static LocalAwsOptions defaults() {
    return new LocalAwsOptions(
        DEFAULT_PORT,
        Optional.empty(),
        InstantSource.system(),
        true,
        OptionalInt.empty(),
        OptionalLong.empty());
  }

  public LocalAwsOptions onPort(int newPort) {
    return new LocalAwsOptions(
        newPort, dataDirectory, clock, dynamoDb, standardParameterQuota, unevenPages);
  }

  public LocalAwsOptions onAnyPort() {
    return onPort(0);
  }

  public LocalAwsOptions keptIn(Path directory) {
    return new LocalAwsOptions(
        port, Optional.of(directory), clock, dynamoDb, standardParameterQuota, unevenPages);
  }

  public LocalAwsOptions withClock(InstantSource newClock) {
    return new LocalAwsOptions(
        port, dataDirectory, newClock, dynamoDb, standardParameterQuota, unevenPages);
  }

  public LocalAwsOptions withoutDynamoDb() {
    return new LocalAwsOptions(
        port, dataDirectory, clock, false, standardParameterQuota, unevenPages);
  }

  public LocalAwsOptions withStandardParameterQuota(int quota) {
    return new LocalAwsOptions(
        port, dataDirectory, clock, dynamoDb, OptionalInt.of(quota), unevenPages);
  }

  public LocalAwsOptions withUnevenPages(long seed) {
    return new LocalAwsOptions(
        port, dataDirectory, clock, dynamoDb, standardParameterQuota, OptionalLong.of(seed));
  }
}
