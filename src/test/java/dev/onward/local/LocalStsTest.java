package dev.onward.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

class LocalStsTest extends SsmTestBase {

  private static final String ROLE = "arn:aws:iam::210987654321:role/team/release-reader";
  private static final String ASSUMED =
      "arn:aws:sts::210987654321:assumed-role/release-reader/onward";

  private Instant now = NOW;
  private StsClient sts;

  @Override
  LocalAwsOptions options() {
    InstantSource clock = () -> now;
    return super.options().withClock(clock);
  }

  @BeforeEach
  void connect() {
    sts = Clients.sts(aws);
  }

  @AfterEach
  void disconnect() {
    sts.close();
  }

  @Test
  void anAccessKeyIsAUserOfThatName() {
    assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::123456789012:user/alice");
    assertThat(sts.getCallerIdentity().account()).isEqualTo("123456789012");
  }

  @Test
  void anAssumedRoleGetsTemporaryCredentialsThatExpire() {
    AssumeRoleResponse response = assumeRole();

    assertThat(response.assumedRoleUser().arn()).isEqualTo(ASSUMED);
    Credentials credentials = response.credentials();
    assertThat(credentials.accessKeyId()).matches("ASIA[A-Z2-7]{16}");
    assertThat(credentials.secretAccessKey()).hasSize(40);
    assertThat(credentials.sessionToken()).hasSizeGreaterThan(100);
    assertThat(credentials.expiration()).isEqualTo("2026-03-04T05:21:07Z");
  }

  @Test
  void whatAnAssumedRoleWritesBearsItsName() {
    AwsSessionCredentials credentials = sessionOf(assumeRole());
    try (StsClient role = Clients.sts(aws, credentials);
        SsmClient writer = Clients.ssm(aws, credentials, Region.EU_WEST_1)) {
      writer.putParameter(p -> p.name("/a").value("x").type(ParameterType.STRING));

      assertThat(role.getCallerIdentity().arn()).isEqualTo(ASSUMED);
      assertThat(role.getCallerIdentity().account()).isEqualTo("210987654321");
    }
    assertThat(ssm.describeParameters().parameters().getFirst().lastModifiedUser())
        .isEqualTo(ASSUMED);
  }

  @Test
  void expiredCredentialsAreTurnedAwayEverywhere() {
    AwsSessionCredentials credentials = sessionOf(assumeRole());
    now = now.plus(Duration.ofMinutes(15));

    try (StsClient role = Clients.sts(aws, credentials);
        SsmClient reader = Clients.ssm(aws, credentials, Region.EU_WEST_1)) {
      assertThat(codeOf(() -> reader.getParameter(p -> p.name("/a"))))
          .isEqualTo("ExpiredTokenException");
      assertThat(codeOf(role::getCallerIdentity)).isEqualTo("ExpiredToken");
    }
  }

  @Test
  void aClientThatNobodyConfiguredFindsItsWayByTheSdksDefaults() {
    try (var _ = SdkDefaults.of(aws.endpoint());
        StsClient plain = StsClient.builder().region(Region.EU_WEST_1).build()) {
      assertThat(plain.getCallerIdentity().arn()).endsWith(":user/onward");
    }
    assertThat(System.getProperty("aws.endpointUrlSts")).isNull();
  }

  @Test
  void badRequestsAreValidationErrors() {
    assertThat(codeOf(() -> sts.assumeRole(r -> r.roleArn(ROLE)))).isEqualTo("ValidationError");
    assertThat(
            errorOf(() -> sts.assumeRole(r -> r.roleArn("not-a-role").roleSessionName("onward")))
                .errorMessage())
        .isEqualTo("not-a-role is invalid");
    assertThat(
            codeOf(
                () -> sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("no <spaces> & such"))))
        .isEqualTo("ValidationError");
    assertThat(
            codeOf(
                () ->
                    sts.assumeRole(
                        r -> r.roleArn(ROLE).roleSessionName("onward").durationSeconds(60))))
        .isEqualTo("ValidationError");
    assertThat(codeOf(sts::getSessionToken)).isEqualTo("InvalidAction");
  }

  private AssumeRoleResponse assumeRole() {
    return sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("onward").durationSeconds(900));
  }

  private static AwsSessionCredentials sessionOf(AssumeRoleResponse response) {
    Credentials credentials = response.credentials();
    return AwsSessionCredentials.create(
        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
  }
}
