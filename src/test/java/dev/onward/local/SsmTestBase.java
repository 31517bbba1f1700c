package dev.onward.local;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.InstantSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** A fresh local AWS for each test, without DynamoDB, and AWS's own client to talk to it. */
abstract class SsmTestBase {

  static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

  LocalAws aws;
  SsmClient ssm;

  /** To be overridden where a test is about other options. */
  LocalAwsOptions options() {
    return LocalAwsOptions.defaults()
        .onAnyPort()
        .withoutDynamoDb()
        .withClock(InstantSource.fixed(NOW));
  }

  @BeforeEach
  void start() {
    aws = LocalAws.start(options());
    ssm = Clients.ssm(aws);
  }

  @AfterEach
  void stop() {
    ssm.close();
    aws.close();
  }

  long create(String name, String value) {
    return ssm.putParameter(p -> p.name(name).value(value).type(ParameterType.STRING)).version();
  }

  long overwrite(String name, String value) {
    return ssm.putParameter(
            p -> p.name(name).value(value).type(ParameterType.STRING).overwrite(true))
        .version();
  }

  String valueOf(String name) {
    return ssm.getParameter(p -> p.name(name)).parameter().value();
  }

  static AwsErrorDetails errorOf(ThrowingCallable call) {
    AwsServiceException error = catchThrowableOfType(AwsServiceException.class, call);
    if (error == null) {
      throw new AssertionError("The call succeeded");
    }
    return error.awsErrorDetails();
  }

  static String codeOf(ThrowingCallable call) {
    return errorOf(call).errorCode();
  }
}
