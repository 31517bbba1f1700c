package dev.onward.aws.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.store.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.sts.model.StsException;

final class AwsFailuresTest {
  @ParameterizedTest
  @CsvSource({
    "ThrottlingException, 400, THROTTLED, TRANSIENT",
    "RequestLimitExceeded, 400, THROTTLED, TRANSIENT",
    "ProvisionedThroughputExceededException, 400, THROTTLED, TRANSIENT",
    "SomethingNew, 429, THROTTLED, TRANSIENT",
    "TooManyUpdates, 400, BUSY, TRANSIENT",
    "TransactionConflictException, 400, BUSY, TRANSIENT",
    "TransactionInProgressException, 400, IN_PROGRESS, TRANSIENT",
    "InternalServerError, 500, SERVER_ERROR, TRANSIENT",
    "ServiceUnavailable, 503, SERVER_ERROR, TRANSIENT",
    "InvalidNextToken, 400, PAGE_LOST, TRANSIENT",
    "ConditionalCheckFailedException, 400, CONDITION, TRANSIENT",
    "ExpiredTokenException, 400, EXPIRED, STALLED",
    "ExpiredToken, 403, EXPIRED, STALLED",
    "UnrecognizedClientException, 400, UNRECOGNISED, STALLED",
    "InvalidSignatureException, 400, UNRECOGNISED, STALLED",
    "AccessDeniedException, 400, DENIED, STALLED",
    "SomethingNew, 403, DENIED, STALLED",
    "ResourceNotFoundException, 400, NOT_FOUND, STALLED",
    "ParameterMaxVersionLimitExceeded, 400, INVALID, STALLED",
    "ValidationException, 400, INVALID, STALLED",
  })
  void anErrorCodeSaysWhatHappensNext(String code, int status, AwsError error, Failure.Kind kind) {
    AwsServiceException thrown = ssm(code, "because", status);

    assertThat(AwsError.of(thrown)).isEqualTo(error);
    assertThat(AwsFailures.of("SSM PutParameter", thrown).kind()).isEqualTo(kind);
    assertThat(AwsFailures.of("SSM PutParameter", thrown).message()).contains("SSM PutParameter");
  }

  @Test
  void onlyWhatCertainlyHadNoEffectIsSaidToHaveHadNone() {
    assertThat(AwsError.of(client(new SocketTimeoutException("Read timed out"))))
        .isEqualTo(AwsError.TIMED_OUT);
    assertThat(AwsError.of(client(new SocketException("Connection reset"))))
        .isEqualTo(AwsError.DISCONNECTED);
    assertThat(AwsError.of(client(new ConnectException("Connection refused"))))
        .isEqualTo(AwsError.UNREACHABLE);
    assertThat(AwsError.of(client(new UnknownHostException("ssm.eu-west-1.amazonaws.com"))))
        .isEqualTo(AwsError.UNREACHABLE);
    assertThat(AwsError.of(ApiCallAttemptTimeoutException.create(10)))
        .isEqualTo(AwsError.TIMED_OUT);

    assertThat(Arrays.stream(AwsError.values()).filter(AwsError::mayHaveBeenCarriedOut))
        .containsExactlyInAnyOrder(
            AwsError.IN_PROGRESS,
            AwsError.SERVER_ERROR,
            AwsError.TIMED_OUT,
            AwsError.DISCONNECTED,
            AwsError.INVALID_ANSWER,
            AwsError.INTERRUPTED,
            AwsError.CLIENT_ERROR);
  }

  @Test
  void theGravestReasonOfACancelledTransactionCounts() {
    assertThat(AwsError.of(cancelled("None", "ConditionalCheckFailed", "TransactionConflict")))
        .isEqualTo(AwsError.CONDITION);
    assertThat(AwsError.of(cancelled("TransactionConflict", "None"))).isEqualTo(AwsError.BUSY);
    assertThat(AwsError.of(cancelled("None", "ThrottlingError"))).isEqualTo(AwsError.THROTTLED);
    assertThat(AwsError.of(cancelled("None", "ValidationError"))).isEqualTo(AwsError.INVALID);
  }

  @Test
  void anAnswerWithoutAMessageIsToldByWhatIsKnown() {
    assertThat(message(ssm("InternalServerError", "", 500)))
        .isEqualTo("SSM PutParameter failed inside AWS: InternalServerError");
    assertThat(message(ssm("", "try later", 503)))
        .isEqualTo("SSM PutParameter failed inside AWS: try later");
    assertThat(message(ssm("", " ", 503)))
        .isEqualTo(
            "SSM PutParameter failed inside AWS: HTTP status 503 with neither an error code nor a"
                + " message (no request id)");
    assertThat(message(SsmException.builder().statusCode(502).requestId("r-1").build()))
        .isEqualTo(
            "SSM PutParameter failed inside AWS: HTTP status 502 with neither an error code nor a"
                + " message (request id r-1)");
    assertThat(message(client(new SocketException())))
        .isEqualTo("SSM PutParameter lost its connection: SocketException");
    assertThat(message(client(new SocketException(""))))
        .isEqualTo("SSM PutParameter lost its connection: SocketException");
  }

  private static String message(Throwable thrown) {
    return AwsFailures.of("SSM PutParameter", thrown).message();
  }

  @Test
  void aDenialNamesTheActionAndTheResource() {
    var request = GetParametersByPathRequest.builder().build();
    var thrown =
        ssm(
            "AccessDeniedException",
            "User: arn:aws:sts::123456789012:assumed-role/onward/x is not authorized to perform:"
                + " ssm:GetParametersByPath on resource:"
                + " arn:aws:ssm:eu-west-1:123456789012:parameter/storage/images because no"
                + " identity-based policy allows the ssm:GetParametersByPath action",
            400);

    assertThat(AwsFailures.of(request, thrown).message())
        .startsWith(
            "SSM GetParametersByPath was denied: allow ssm:GetParametersByPath on"
                + " arn:aws:ssm:eu-west-1:123456789012:parameter/storage/images in the IAM policy");
  }

  @Test
  void aDenialWithoutDetailsNamesTheActionAllTheSame() {
    var request = GetItemRequest.builder().build();

    assertThat(AwsFailures.of(request, ssm("AccessDeniedException", "", 400)).message())
        .contains("allow dynamodb:GetItem");
  }

  @Test
  void aRoleThatMayNotBeAssumedIsNamedAsSuch() {
    var thrown =
        StsException.builder()
            .statusCode(403)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .serviceName("Sts")
                    .errorCode("AccessDenied")
                    .errorMessage(
                        "User: x is not authorized to perform: sts:AssumeRole on resource:"
                            + " arn:aws:iam::123456789012:role/reader")
                    .build())
            .build();

    assertThat(AwsFailures.of(PutParameterRequest.builder().build(), thrown).message())
        .startsWith(
            "STS AssumeRole was denied: allow sts:AssumeRole on"
                + " arn:aws:iam::123456789012:role/reader");
  }

  @Test
  void whatIsNotConfiguredIsSaidWithTheSettingThatMendsIt() {
    var noRegion = saying("Unable to load region from any of the providers in the chain");
    var noCredentials = saying("Unable to load credentials from any of the providers in the chain");

    assertThat(AwsFailures.of("SSM PutParameter", noRegion).kind()).isEqualTo(Failure.Kind.STALLED);
    assertThat(AwsFailures.of("SSM PutParameter", noRegion).message()).contains("AWS_REGION");
    assertThat(AwsFailures.of("SSM PutParameter", noCredentials).kind())
        .isEqualTo(Failure.Kind.TRANSIENT);
    assertThat(AwsFailures.of("SSM PutParameter", noCredentials).message()).contains("AWS_PROFILE");
  }

  private static SdkClientException client(IOException cause) {
    return SdkClientException.create("Unable to execute HTTP request", cause);
  }

  private static SdkClientException saying(String message) {
    return SdkClientException.create(message);
  }

  private static AwsServiceException ssm(String code, String message, int status) {
    return SsmException.builder()
        .statusCode(status)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName("Ssm")
                .errorCode(code)
                .errorMessage(message)
                .build())
        .build();
  }

  private static TransactionCanceledException cancelled(String... codes) {
    return TransactionCanceledException.builder()
        .cancellationReasons(
            Arrays.stream(codes)
                .map(code -> CancellationReason.builder().code(code).build())
                .toList())
        .build();
  }
}
