package dev.onward.simulation;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.ssm.model.HierarchyTypeMismatchException;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** The failures that the SDK makes of AWS's answers, and of answers that never came. */
final class AwsAnswers {
  private static final int BAD_REQUEST = 400;
  private static final int SERVER_ERROR = 500;

  private AwsAnswers() {}

  static RuntimeException conditionFailed() {
    return ConditionalCheckFailedException.builder()
        .message("The conditional request failed")
        .statusCode(BAD_REQUEST)
        .awsErrorDetails(
            details("ConditionalCheckFailedException", "The conditional request failed"))
        .build();
  }

  static RuntimeException otherType() {
    return HierarchyTypeMismatchException.builder()
        .message("The parameter is of another type")
        .statusCode(BAD_REQUEST)
        .awsErrorDetails(
            details("HierarchyTypeMismatchException", "The parameter is of another type"))
        .build();
  }

  static RuntimeException cancelled(List<CancellationReason> reasons) {
    return TransactionCanceledException.builder()
        .message("Transaction cancelled")
        .statusCode(BAD_REQUEST)
        .awsErrorDetails(details("TransactionCanceledException", "Transaction cancelled"))
        .cancellationReasons(reasons)
        .build();
  }

  static RuntimeException conflict() {
    return cancelled(List.of(CancellationReason.builder().code("TransactionConflict").build()));
  }

  static RuntimeException otherTransaction() {
    return dynamo(BAD_REQUEST, "IdempotentParameterMismatchException");
  }

  static RuntimeException invalid(String message) {
    return DynamoDbException.builder()
        .message(message)
        .statusCode(BAD_REQUEST)
        .awsErrorDetails(details("ValidationException", message))
        .build();
  }

  static RuntimeException noSuchTable(String name) {
    return ResourceNotFoundException.builder()
        .message("no table " + name)
        .statusCode(BAD_REQUEST)
        .awsErrorDetails(details("ResourceNotFoundException", "no table " + name))
        .build();
  }

  static RuntimeException noSuchParameter() {
    return ssm(BAD_REQUEST, "ParameterNotFound");
  }

  static RuntimeException throttled(boolean ofParameterStore) {
    return ofParameterStore
        ? ssm(BAD_REQUEST, "ThrottlingException")
        : dynamo(BAD_REQUEST, "ProvisionedThroughputExceededException");
  }

  static RuntimeException serverError(boolean ofParameterStore) {
    return ofParameterStore
        ? ssm(SERVER_ERROR, "InternalServerError")
        : dynamo(SERVER_ERROR, "InternalServerError");
  }

  static RuntimeException tooManyUpdates() {
    return ssm(BAD_REQUEST, "TooManyUpdates");
  }

  static RuntimeException pageLost() {
    return ssm(BAD_REQUEST, "InvalidNextToken");
  }

  static RuntimeException inProgress() {
    return dynamo(BAD_REQUEST, "TransactionInProgressException");
  }

  static RuntimeException timedOut() {
    return SdkClientException.create("timed out", new SocketTimeoutException("Read timed out"));
  }

  static RuntimeException unreachable() {
    return SdkClientException.create("unreachable", new ConnectException("no route"));
  }

  private static RuntimeException dynamo(int status, String code) {
    return DynamoDbException.builder()
        .message(code)
        .statusCode(status)
        .awsErrorDetails(details(code, code))
        .build();
  }

  private static RuntimeException ssm(int status, String code) {
    return SsmException.builder()
        .message(code)
        .statusCode(status)
        .awsErrorDetails(details(code, code))
        .build();
  }

  private static AwsErrorDetails details(String code, String message) {
    return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
  }
}
