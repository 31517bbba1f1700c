package dev.onward.aws.client;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Reports every request sent to AWS. The clients do not retry themselves ({@link AwsCalls} does),
 * so each execution is one attempt.
 */
@ApplicationScoped
public class AwsCallRecorder implements ExecutionInterceptor {
  // The SDK requires unique names, and its class outlives this one on a reload in development mode.
  private static final ExecutionAttribute<Long> SENT_AT =
      new ExecutionAttribute<>("OnwardSentAt-" + UUID.randomUUID());
  private static final String SUCCESS = "success";

  private final Iterable<AwsCallListener> listeners;

  @Inject
  AwsCallRecorder(@Any Instance<AwsCallListener> listeners) {
    this((Iterable<AwsCallListener>) listeners);
  }

  public AwsCallRecorder(Iterable<AwsCallListener> listeners) {
    this.listeners = listeners;
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes call) {
    call.putAttribute(SENT_AT, System.nanoTime());
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes call) {
    Optional<AwsError> problem = ResponseValidator.problem(context.request(), context.response());
    report(call, problem.map(AwsError::word).orElse(SUCCESS));
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes call) {
    report(call, AwsError.of(context.exception()).word());
  }

  /** What failed before it was sent, for example for lack of credentials, was not a request. */
  private void report(ExecutionAttributes call, String outcome) {
    call.getOptionalAttribute(SENT_AT)
        .ifPresent(
            sentAt -> {
              String service = displayed(call.getAttribute(SdkExecutionAttribute.SERVICE_NAME));
              String operation = call.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
              Duration took = Duration.ofNanos(System.nanoTime() - sentAt);
              listeners.forEach(it -> it.called(service, operation, outcome, took));
            });
  }

  private static String displayed(String service) {
    return switch (service) {
      case "Ssm" -> "SSM";
      case "DynamoDb" -> "DynamoDB";
      case "Sts" -> "STS";
      default -> service;
    };
  }
}
