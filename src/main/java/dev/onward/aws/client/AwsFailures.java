package dev.onward.aws.client;

import dev.onward.store.Failure;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Describes a failed call for the operator on call, and decides what happens next.
 *
 * <p>Missing credentials count as transient: a pod identity agent or an instance metadata service
 * that is not up yet cannot be distinguished from one that was never configured, and the former
 * must recover automatically. Everything that waiting cannot resolve is stalled.
 */
final class AwsFailures {
  private static final Pattern ACTION = Pattern.compile("not authorized to perform:? ([\\w:*]+)");
  private static final Pattern RESOURCE = Pattern.compile("on resource:? ([^\\s,]+)");

  private AwsFailures() {}

  /** The name of the call, such as {@code SSM GetParametersByPath}. */
  static String call(AwsRequest request) {
    String type = request.getClass().getSimpleName();
    String operation = type.replaceFirst("Request$", "");
    return service(request.getClass().getPackageName()) + " " + operation;
  }

  static Failure of(AwsRequest request, Throwable thrown) {
    return of(call(request), thrown);
  }

  static Failure of(String requested, Throwable thrown) {
    String call = answeredBySts(thrown) ? "STS AssumeRole" : requested;
    AwsError error = AwsError.of(thrown);
    String cause = reason(thrown);
    return switch (error) {
      case THROTTLED -> passing(call + " is throttled: " + cause);
      case BUSY -> passing(call + " conflicted with other writers: " + cause);
      case IN_PROGRESS -> passing(call + ": an earlier attempt is still in progress");
      case SERVER_ERROR -> passing(call + " failed inside AWS: " + cause);
      case TIMED_OUT -> passing(call + " timed out: " + cause);
      case DISCONNECTED -> passing(call + " lost its connection: " + cause);
      case UNREACHABLE -> passing(call + " cannot reach AWS: " + cause);
      case INTERRUPTED -> passing(call + " was interrupted: the process is shutting down");
      case INVALID_ANSWER ->
          passing(call + " returned an invalid response, which is discarded: " + cause);
      case PAGE_LOST -> passing(call + " must restart its listing: " + cause);
      case CONDITION -> passing(call + ": the condition failed, another writer was first");
      case CLIENT_ERROR -> passing(call + " failed before it reached AWS: " + cause);
      case NO_CREDENTIALS ->
          passing(
              call
                  + " found no AWS credentials: assign the pod an IAM role, or set AWS_PROFILE or"
                  + " AWS_ACCESS_KEY_ID");
      case NO_REGION ->
          stalled(call + " cannot be made: no AWS Region is configured; set AWS_REGION");
      case EXPIRED ->
          stalled(
              call
                  + " was rejected: the AWS credentials have expired, and requesting new ones did"
                  + " not help; renew them. AWS message: "
                  + cause);
      case UNRECOGNISED ->
          stalled(
              call
                  + " was rejected: AWS does not recognise the credentials; check the access key"
                  + " and the clock. AWS message: "
                  + cause);
      case DENIED -> denied(call, cause);
      case NOT_FOUND -> stalled(call + ": not found: " + cause);
      case INVALID -> stalled(call + " was rejected as invalid: " + cause);
    };
  }

  private static Failure denied(String call, String message) {
    String action = found(ACTION, message).orElseGet(() -> iamAction(call));
    String resource = found(RESOURCE, message).map(arn -> " on " + arn).orElse("");
    return stalled(
        "%s was denied: allow %s%s in the IAM policy of Onward's role. AWS message: %s"
            .formatted(call, action, resource, message));
  }

  /** {@code SSM PutParameter} is allowed by {@code ssm:PutParameter}. */
  private static String iamAction(String call) {
    int space = call.indexOf(' ');
    return call.substring(0, space).toLowerCase(Locale.ROOT) + ":" + call.substring(space + 1);
  }

  private static Optional<String> found(Pattern pattern, String message) {
    var matcher = pattern.matcher(message);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static boolean answeredBySts(Throwable thrown) {
    return thrown instanceof AwsServiceException e
        && e.awsErrorDetails() != null
        && "Sts".equalsIgnoreCase(e.awsErrorDetails().serviceName());
  }

  /**
   * Omits the SDK's appendix of status code and ids, which differs every time, unless nothing else
   * is known.
   */
  private static String reason(Throwable thrown) {
    return switch (thrown) {
      case InvalidResponseException invalid -> String.valueOf(invalid.getMessage());
      case AwsServiceException answered -> answer(answered);
      default -> {
        Throwable root = thrown;
        while (root.getCause() != null) {
          root = root.getCause();
        }
        yield joined(root.getClass().getSimpleName(), root.getMessage());
      }
    };
  }

  private static String answer(AwsServiceException e) {
    String message = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    String said = joined(AwsError.code(e), message);
    if (!said.isEmpty()) {
      return said;
    }
    String status = e.statusCode() > 0 ? "HTTP status " + e.statusCode() : "no HTTP status";
    String id = e.requestId();
    return "%s with neither an error code nor a message (%s)"
        .formatted(status, id == null || id.isBlank() ? "no request id" : "request id " + id);
  }

  /** Either may be missing; the other is then used alone. */
  private static String joined(String name, @Nullable String message) {
    if (message == null || message.isBlank()) {
      return name;
    }
    return name.isEmpty() ? message : name + ": " + message;
  }

  private static String service(String packageName) {
    if (packageName.contains(".ssm.")) {
      return "SSM";
    }
    return packageName.contains(".dynamodb.") ? "DynamoDB" : "AWS";
  }

  private static Failure passing(String message) {
    return Failure.transientOne(message);
  }

  private static Failure stalled(String message) {
    return Failure.stalled(message);
  }
}
