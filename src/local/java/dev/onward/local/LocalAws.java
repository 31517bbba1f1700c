package dev.onward.local;

import dev.onward.local.dynamodb.LocalDynamoDb;
import dev.onward.local.http.CallCounts;
import dev.onward.local.http.HttpFront;
import dev.onward.local.http.Routes;
import dev.onward.local.ssm.Calendars;
import dev.onward.local.ssm.LocalSsm;
import dev.onward.local.ssm.SsmOptions;
import dev.onward.local.sts.Identities;
import dev.onward.local.sts.LocalSts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A small AWS in this process, for development and tests: Parameter Store, DynamoDB and STS behind
 * one loopback port that any AWS client can talk to with any credentials and in any Region.
 */
public final class LocalAws implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CallCounts calls = new CallCounts();
  private final LocalSsm ssm;
  private Optional<LocalDynamoDb> dynamo = Optional.empty();
  private final HttpFront front;

  private LocalAws(LocalAwsOptions options) throws IOException {
    Identities identities = new Identities(options.clock());
    ssm =
        LocalSsm.open(
            new SsmOptions(
                options.dataDirectory().map(directory -> directory.resolve("ssm")),
                options.clock(),
                options.standardParameterQuota(),
                options.unevenPages()),
            identities);
    parts.push(ssm);
    try {
      Map<String, Routes.Service> services = new HashMap<>();
      services.put("AmazonSSM", new Routes.Service("ssm", ssm));
      if (options.dynamoDb()) {
        LocalDynamoDb dynamoDb =
            LocalDynamoDb.start(
                options.dataDirectory().map(directory -> directory.resolve("dynamodb")),
                identities);
        parts.push(dynamoDb);
        dynamo = Optional.of(dynamoDb);
        services.put("DynamoDB_20120810", new Routes.Service("dynamodb", dynamoDb));
      }
      Routes.Service sts = new Routes.Service("sts", new LocalSts(identities, options.clock()));
      front = HttpFront.listen(options.port(), new Routes(services, sts), calls, options.clock());
      parts.push(front);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts and listens.
   *
   * @throws UncheckedIOException when the port is taken or the data directory cannot be used; its
   *     message says which setting to change
   */
  public static LocalAws start(LocalAwsOptions options) {
    try {
      return new LocalAws(options);
    } catch (BindException e) {
      throw new UncheckedIOException(
          ("The local AWS cannot listen on 127.0.0.1:%s: %s. Stop what listens there, or set"
                  + " onward.local.port to a free port.")
              .formatted(options.port(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("The local AWS does not start: " + e.getMessage(), e);
    }
  }

  /** Where clients send their requests, {@code http://127.0.0.1:4566} say. */
  public URI endpoint() {
    return front.endpoint();
  }

  /**
   * How often each operation was called over the network since the start or the last reset, failed
   * calls included: {@code ssm.GetParametersByPath} → 12.
   */
  public Map<String, Long> calls() {
    return calls.snapshot();
  }

  public void resetCalls() {
    calls.reset();
  }

  /** From now on {@link #capacity} adds up what calls to DynamoDB consume. */
  public void countCapacity() {
    dynamo.ifPresent(LocalDynamoDb::countCapacity);
  }

  /** The capacity units consumed since they are counted: {@code TransactWriteItems} → 36.0. */
  public Map<String, Double> capacity() {
    return dynamo.map(LocalDynamoDb::capacity).orElse(Map.of());
  }

  /** From now on every answer takes this much longer, as one from a real Region does. */
  public void delayAnswers(Duration delay) {
    front.delayAnswers(delay);
  }

  /** Parameter Store from within, for seeding; such calls are not counted. */
  public LocalSsm ssm() {
    return ssm;
  }

  public Calendars calendars() {
    return ssm.calendars();
  }

  /** Stops listening, then all the rest. What is not in a data directory is gone. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        System.getLogger(LocalAws.class.getName())
            .log(System.Logger.Level.WARNING, "A part of the local AWS does not stop", e);
      }
    }
  }
}
