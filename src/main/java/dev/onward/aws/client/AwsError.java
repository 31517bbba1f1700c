package dev.onward.aws.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The kinds of failure of a call to AWS: few enough for a metric label, each with the permitted
 * reaction.
 *
 * <p>Classified by error code, not by exception type: SSM does not model its {@code
 * ThrottlingException}, and most operations do not model the errors of AWS's request front end.
 */
public enum AwsError {
  /** Too many requests, or more than a table's provisioned capacity. */
  THROTTLED(Again.ALWAYS, Effect.NONE),
  /** Another writer is changing the same item at the moment. */
  BUSY(Again.ALWAYS, Effect.NONE),
  /** An earlier attempt of the same transaction is still in progress. */
  IN_PROGRESS(Again.ALWAYS, Effect.POSSIBLE),
  /** An internal error of AWS. */
  SERVER_ERROR(Again.ALWAYS, Effect.POSSIBLE),
  /** No response in time. */
  TIMED_OUT(Again.ALWAYS, Effect.POSSIBLE),
  /** The connection broke after the request may have been sent. */
  DISCONNECTED(Again.ALWAYS, Effect.POSSIBLE),
  /** No connection was made: name resolution, routing, TLS. */
  UNREACHABLE(Again.ALWAYS, Effect.NONE),
  /** This process is shutting down. */
  INTERRUPTED(Again.NEVER, Effect.POSSIBLE),
  /** A response that AWS's own model rules out: nothing in it can be trusted. */
  INVALID_ANSWER(Again.NEVER, Effect.POSSIBLE),
  /** A conditional write's condition did not hold. */
  CONDITION(Again.NEVER, Effect.NONE),
  /** A page token that AWS no longer accepts: the listing must start again. */
  PAGE_LOST(Again.NEVER, Effect.NONE),
  /** The credentials have expired. */
  EXPIRED(Again.NEVER, Effect.NONE),
  /** AWS does not recognise the credentials, or their signature is wrong. */
  UNRECOGNISED(Again.NEVER, Effect.NONE),
  /** No credentials could be found. */
  NO_CREDENTIALS(Again.NEVER, Effect.NONE),
  /** No Region is configured. */
  NO_REGION(Again.NEVER, Effect.NONE),
  /** A permission is missing. */
  DENIED(Again.NEVER, Effect.NONE),
  /** The table or parameter does not exist. */
  NOT_FOUND(Again.NEVER, Effect.NONE),
  /** AWS rejects the request as invalid. */
  INVALID(Again.NEVER, Effect.NONE),
  /** Any other failure on this side of the network. */
  CLIENT_ERROR(Again.NEVER, Effect.POSSIBLE);

  private static final Set<String> EXPIRED_CODES = Set.of("ExpiredTokenException", "ExpiredToken");
  private static final Set<String> UNRECOGNISED_CODES =
      Set.of(
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException");
  private static final Set<String> DENIED_CODES =
      Set.of("AccessDeniedException", "AccessDenied", "UnauthorizedOperation", "OptInRequired");
  private static final Set<String> NOT_FOUND_CODES =
      Set.of("ResourceNotFoundException", "TableNotFoundException", "ParameterNotFound");
  private static final Set<String> BUSY_CODES =
      Set.of(
          "TransactionConflictException",
          "TooManyUpdates",
          "ResourceInUseException",
          "LimitExceededException");

  private static final int SERVER_ERRORS = 500;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int FORBIDDEN = 403;

  private final Again again;
  private final Effect effect;

  AwsError(Again again, Effect effect) {
    this.again = again;
    this.effect = effect;
  }

  private enum Again {
    ALWAYS,
    NEVER
  }

  private enum Effect {
    NONE,
    POSSIBLE
  }

  /** Whether the same request may succeed shortly. */
  boolean passing() {
    return again == Again.ALWAYS;
  }

  /** Whether a write that failed like this may have been applied nevertheless. */
  boolean mayHaveBeenCarriedOut() {
    return effect == Effect.POSSIBLE;
  }

  /** The name used in metrics: lower case. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AwsError of(Throwable thrown) {
    return switch (thrown) {
      case TransactionCanceledException cancelled -> ofCancellation(cancelled);
      case AwsServiceException answered -> ofAnswer(answered);
      case ApiCallTimeoutException timeout -> TIMED_OUT;
      case ApiCallAttemptTimeoutException timeout -> TIMED_OUT;
      case AbortedException aborted -> INTERRUPTED;
      case InvalidResponseException invalid -> INVALID_ANSWER;
      default -> ofCauses(thrown);
    };
  }

  private static AwsError ofAnswer(AwsServiceException e) {
    String code = code(e);
    return switch (code) {
      case "ConditionalCheckFailedException" -> CONDITION;
      // Precedes the SDK's own list, which counts it as throttling.
      case "TransactionInProgressException" -> IN_PROGRESS;
      case "InvalidNextToken" -> PAGE_LOST;
      default -> ofCode(code, e);
    };
  }

  private static AwsError ofCode(String code, AwsServiceException e) {
    if (e.isThrottlingException() || e.statusCode() == TOO_MANY_REQUESTS) {
      return THROTTLED;
    }
    if (BUSY_CODES.contains(code)) {
      return BUSY;
    }
    if (EXPIRED_CODES.contains(code)) {
      return EXPIRED;
    }
    if (UNRECOGNISED_CODES.contains(code)) {
      return UNRECOGNISED;
    }
    if (NOT_FOUND_CODES.contains(code)) {
      return NOT_FOUND;
    }
    if (e.statusCode() >= SERVER_ERRORS) {
      return SERVER_ERROR;
    }
    return DENIED_CODES.contains(code) || e.statusCode() == FORBIDDEN ? DENIED : INVALID;
  }

  /** The most serious reason wins: a retry does not help if a condition failed. */
  private static AwsError ofCancellation(TransactionCanceledException e) {
    var codes = e.cancellationReasons().stream().map(CancellationReason::code).toList();
    if (codes.contains("ConditionalCheckFailed")) {
      return CONDITION;
    }
    if (codes.contains("ValidationError") || codes.contains("ItemCollectionSizeLimitExceeded")) {
      return INVALID;
    }
    if (codes.contains("TransactionConflict")) {
      return BUSY;
    }
    boolean throttled =
        codes.contains("ThrottlingError") || codes.contains("ProvisionedThroughputExceeded");
    return throttled ? THROTTLED : INVALID;
  }

  private static AwsError ofCauses(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .filter(cause -> cause instanceof IOException || cause instanceof InterruptedException)
        .findFirst()
        .map(AwsError::ofNetwork)
        .orElseGet(() -> ofMessage(String.valueOf(thrown.getMessage())));
  }

  private static AwsError ofNetwork(Throwable cause) {
    return switch (cause) {
      case UnknownHostException e -> UNREACHABLE;
      case ConnectException e -> UNREACHABLE;
      case NoRouteToHostException e -> UNREACHABLE;
      case SSLHandshakeException e -> UNREACHABLE;
      case SocketTimeoutException e -> TIMED_OUT;
      case InterruptedIOException e -> INTERRUPTED;
      case InterruptedException e -> INTERRUPTED;
      default -> DISCONNECTED;
    };
  }

  /** The SDK throws these as one untyped exception; only the message distinguishes them. */
  private static AwsError ofMessage(String message) {
    if (message.contains("Unable to load region")) {
      return NO_REGION;
    }
    return message.contains("Unable to load credentials") ? NO_CREDENTIALS : CLIENT_ERROR;
  }

  /** The error code in the response; empty if there is none. */
  static String code(AwsServiceException e) {
    var details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }
}
