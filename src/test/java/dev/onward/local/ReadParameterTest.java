package dev.onward.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;

class ReadParameterTest extends SsmTestBase {

  private static final String ARN = "arn:aws:ssm:eu-west-1:123456789012:parameter/a/b";

  @Test
  void aParameterIsReadWithAllButItsDescription() {
    create("/a/b", "x");

    assertThat(ssm.getParameter(p -> p.name("/a/b")).parameter())
        .isEqualTo(
            Parameter.builder()
                .name("/a/b")
                .type(ParameterType.STRING)
                .value("x")
                .version(1L)
                .lastModifiedDate(NOW)
                .arn(ARN)
                .dataType("text")
                .build());
  }

  @Test
  void aParameterIsReadByItsArn() {
    create("/a/b", "x");
    create("top", "y");

    assertThat(valueOf(ARN)).isEqualTo("x");
    assertThat(valueOf("arn:aws:ssm:eu-west-1:123456789012:parameter/top")).isEqualTo("y");
  }

  @Test
  void aVersionIsReadByItsNumberOrLabel() {
    create("/a/b", "1");
    overwrite("/a/b", "2");
    ssm.labelParameterVersion(p -> p.name("/a/b").parameterVersion(1L).labels("good"));

    assertThat(valueOf("/a/b:2")).isEqualTo("2");
    Parameter first = ssm.getParameter(p -> p.name("/a/b:1")).parameter();
    assertThat(first.value()).isEqualTo("1");
    assertThat(first.selector()).isEqualTo(":1");
    assertThat(first.name()).isEqualTo("/a/b");
    assertThat(valueOf("/a/b:good")).isEqualTo("1");
    assertThat(errorOf(() -> valueOf("/a/b:3")).errorMessage())
        .isEqualTo(
            "Systems Manager could not find version 3 of /a/b. Verify the version and try again.");
    assertThat(codeOf(() -> valueOf("/a/b:3"))).isEqualTo("ParameterVersionNotFound");
    assertThat(codeOf(() -> valueOf("/a/b:bad"))).isEqualTo("ParameterVersionNotFound");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(codeOf(() -> valueOf("/a"))).isEqualTo("ParameterNotFound");
    assertThat(codeOf(() -> valueOf("/a:1"))).isEqualTo("ParameterNotFound");
    assertThat(codeOf(() -> valueOf("/aws/service/x"))).isEqualTo("ParameterNotFound");
    assertThat(codeOf(() -> history("/a"))).isEqualTo("ParameterNotFound");
  }

  @Test
  void aMalformedNameIsRefused() {
    for (String name : List.of("a b", "a/b", "/a/", "/a:b:c", "")) {
      assertThat(codeOf(() -> valueOf(name))).isEqualTo("ValidationException");
    }
  }

  @Test
  void aSecureStringIsOpenOnlyToThoseWhoAskForDecryption() {
    ssm.putParameter(p -> p.name("/s").value("secret").type(ParameterType.SECURE_STRING));

    assertThat(valueOf("/s")).isNotEqualTo("secret").startsWith("AQICAH");
    assertThat(history("/s").getFirst().value()).isEqualTo(valueOf("/s"));
    assertThat(history("/s").getFirst().keyId()).isEqualTo("alias/aws/ssm");
    assertThat(ssm.getParameter(p -> p.name("/s").withDecryption(true)).parameter().value())
        .isEqualTo("secret");
    assertThat(
            ssm.getParametersByPath(p -> p.path("/").withDecryption(true))
                .parameters()
                .getFirst()
                .value())
        .isEqualTo("secret");
  }

  @Test
  void upToTenParametersAreReadAtOnceAndTheMissingListed() {
    create("/a", "1");
    create("/b", "2");
    overwrite("/b", "3");

    GetParametersResponse response =
        ssm.getParameters(p -> p.names("/b:1", "/none", "/a", "/a:9", "not a name"));
    assertThat(response.parameters()).extracting(Parameter::value).containsExactly("2", "1");
    assertThat(response.invalidParameters()).containsExactly("/none", "/a:9", "not a name");
  }

  @Test
  void elevenNamesAreTooManyAndNoneTooFew() {
    List<String> eleven = IntStream.range(0, 11).mapToObj(i -> "/p" + i).toList();

    assertThat(codeOf(() -> ssm.getParameters(p -> p.names(eleven))))
        .isEqualTo("ValidationException");
    assertThat(codeOf(() -> ssm.getParameters(p -> p.names(List.of()))))
        .isEqualTo("ValidationException");
  }

  @Test
  void historyTellsWhoWroteWhatAndWhyOldestFirst() {
    create("/a", "1");
    try (SsmClient bob =
        Clients.ssm(aws, AwsBasicCredentials.create("bob", "any"), Region.US_EAST_1)) {
      bob.putParameter(p -> p.name("/a").value("2").overwrite(true).description("a fix"));
    }

    assertThat(history("/a"))
        .containsExactly(
            version(1, "1", "alice").build(), version(2, "2", "bob").description("a fix").build());
  }

  @Test
  void historyComesInPagesOfAtMostFifty() {
    IntStream.rangeClosed(1, 75).forEach(i -> overwrite("/a", "v" + i));

    assertThat(ssm.getParameterHistory(p -> p.name("/a")).parameters()).hasSize(50);
    assertThat(history("/a"))
        .extracting(ParameterHistory::version)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 75).mapToObj(Long::valueOf).toList());
    assertThat(codeOf(() -> ssm.getParameterHistory(p -> p.name("/a").maxResults(51))))
        .isEqualTo("ValidationException");
    assertThat(codeOf(() -> ssm.getParameterHistory(p -> p.name("/a").nextToken("MQ"))))
        .isEqualTo("InvalidNextToken");
  }

  private List<ParameterHistory> history(String name) {
    return ssm.getParameterHistoryPaginator(p -> p.name(name)).stream()
        .flatMap(page -> page.parameters().stream())
        .toList();
  }

  private static ParameterHistory.Builder version(long version, String value, String user) {
    return ParameterHistory.builder()
        .name("/a")
        .type(ParameterType.STRING)
        .value(value)
        .version(version)
        .lastModifiedDate(NOW)
        .lastModifiedUser("arn:aws:iam::123456789012:user/" + user)
        .tier(ParameterTier.STANDARD)
        .dataType("text")
        .labels(List.of())
        .policies(List.of());
  }
}
