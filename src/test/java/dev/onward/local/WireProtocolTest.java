package dev.onward.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireProtocolTest extends SsmTestBase {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void anUnsignedRequestIsWelcome() throws Exception {
    HttpResponse<String> put =
        post("AmazonSSM.PutParameter", "{\"Name\":\"/a\",\"Value\":\"x\",\"Type\":\"String\"}");

    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(put.body()).isEqualTo("{\"Version\":1,\"Tier\":\"Standard\"}");
    assertThat(put.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(put.headers().allValues("Date")).containsExactly("Wed, 04 Mar 2026 05:06:07 GMT");
    assertThat(put.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.1");
    assertThat(post("AmazonSSM.GetParameterHistory", "{\"Name\":\"/a\"}").body())
        .contains("\"LastModifiedUser\":\"arn:aws:iam::123456789012:user/anonymous\"")
        .contains("\"LastModifiedDate\":1772600767.089");
  }

  @Test
  void anErrorLooksLikeAwss() throws Exception {
    HttpResponse<String> error = post("AmazonSSM.GetParameter", "{\"Name\":\"/a\"}");

    assertThat(error.statusCode()).isEqualTo(400);
    assertThat(error.headers().firstValue("Date")).contains("Wed, 04 Mar 2026 05:06:07 GMT");
    assertThat(error.headers().firstValue("x-amzn-errortype")).contains("ParameterNotFound");
    assertThat(error.body()).isEqualTo("{\"__type\":\"ParameterNotFound\",\"message\":\"\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"Name\":",
        "{\"Name\":\"/a\"} x",
        "{\"Name\":7}",
        "{\"Name\":{\"x\":1}}",
        "{\"WithDecryption\":\"true\"}"
      })
  void whatIsNotTheRightJsonIsASerializationError(String body) throws Exception {
    HttpResponse<String> error = post("AmazonSSM.GetParameter", body);

    assertThat(error.statusCode()).isEqualTo(400);
    assertThat(error.body()).contains("\"__type\":\"SerializationException\"");
  }

  @Test
  void deeplyNestedJsonIsRefused() throws Exception {
    assertThat(post("AmazonSSM.GetParameter", "{\"X\":" + "[".repeat(100_000)).body())
        .contains("SerializationException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"AmazonSSM.SendCommand", "AmazonSSM", "Kinesis_20131202.PutRecord", "a b.c"})
  void anUnknownOperationIsNamedInTheError(String target) throws Exception {
    HttpResponse<String> error = post(target, "{}");

    assertThat(error.statusCode()).isEqualTo(400);
    assertThat(error.headers().firstValue("x-amzn-errortype"))
        .contains("UnknownOperationException");
    assertThat(error.body()).contains("\"__type\":\"UnknownOperationException\"").contains(target);
  }

  @Test
  void aBodyOfMoreThan16MbIsRefused() throws Exception {
    HttpResponse<String> error = post("AmazonSSM.GetParameter", "x".repeat(16 * 1024 * 1024 + 1));

    assertThat(error.statusCode()).isEqualTo(413);
    assertThat(post("AmazonSSM.DescribeParameters", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void callsAreCountedFailuresIncludedUntilReset() throws Exception {
    create("/a", "x");
    valueOf("/a");
    codeOf(() -> valueOf("/none"));
    post("Nothing.Known", "{}");

    assertThat(aws.calls())
        .isEqualTo(Map.of("ssm.PutParameter", 1L, "ssm.GetParameter", 2L, "unknown", 1L));
    aws.resetCalls();
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void aTakenPortIsNamedWithTheSettingThatChangesIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LocalAwsOptions options = options().onPort(taken.getLocalPort());

      assertThatThrownBy(() -> LocalAws.start(options))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("onward.local.port");
    }
  }

  @Test
  void onceClosedThePortIsFreeAgain() throws IOException {
    int port = aws.endpoint().getPort();
    aws.close();

    LocalAws.start(options().onPort(port)).close();
  }

  private HttpResponse<String> post(String target, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(aws.endpoint())
            .header("X-Amz-Target", target)
            .header("Content-Type", "application/x-amz-json-1.1")
            .POST(BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }
}
