package dev.onward.local;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** AWS's own clients, pointed at a local AWS. */
final class Clients {

  private static final AwsCredentials ALICE = AwsBasicCredentials.create("alice", "any");

  private Clients() {}

  static SsmClient ssm(LocalAws aws) {
    return ssm(aws, ALICE, Region.EU_WEST_1);
  }

  static SsmClient ssm(LocalAws aws, AwsCredentials credentials, Region region) {
    return pointed(SsmClient.builder(), aws, credentials, region);
  }

  static DynamoDbClient dynamoDb(LocalAws aws) {
    return dynamoDb(aws, ALICE, Region.EU_WEST_1);
  }

  static DynamoDbClient dynamoDb(LocalAws aws, AwsCredentials credentials, Region region) {
    return pointed(DynamoDbClient.builder(), aws, credentials, region);
  }

  static StsClient sts(LocalAws aws) {
    return sts(aws, ALICE);
  }

  static StsClient sts(LocalAws aws, AwsCredentials credentials) {
    return pointed(StsClient.builder(), aws, credentials, Region.EU_WEST_1);
  }

  private static <B extends AwsClientBuilder<B, C>, C> C pointed(
      B builder, LocalAws aws, AwsCredentials credentials, Region region) {
    return builder
        .endpointOverride(aws.endpoint())
        .region(region)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }
}
