package dev.onward.testing;

import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A local AWS for {@code @QuarkusTest}s, and manifests of three projects: {@code storage}, whose
 * stage follows latest and whose prod waits for a person; {@code broken}, whose releases table is
 * no releases table; and one that is invalid.
 */
public final class LocalAwsResource implements QuarkusTestResourceLifecycleManager {
  private static final String STORAGE =
      """
      storage:
        name: Storage service
        release: {quiet_period: 0s}
        environments:
          - {id: stage, name: Staging, promotion: {from: latest, mode: auto}}
          - {id: prod, name: Production, promotion: {from: stage, mode: manual}}
      """;

  private static final String BROKEN =
      """
      broken:
        name: Broken
        environments:
          - {id: stage, name: Staging, promotion: {from: latest, mode: auto}}
      """;

  private static final String INVALID = "invalid: {name: Invalid, environments: none}";

  private final LocalAws aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());

  @Override
  public Map<String, String> start() {
    aws.ssm().putParameter("/storage/images/latest/bags", image("bags", "1"), "", "build");
    aws.ssm().putParameter("/storage/images/latest/mets", image("mets", "1"), "", "build");
    createWrongTable("releases-broken");
    var settings = new HashMap<String, String>();
    settings.put("onward.manifests", manifests().toString());
    settings.put("onward.interval", "1s");
    settings.put("onward.backoff.stalled", "1s");
    settings.put("onward.releases-table", "releases-{project_id}");
    settings.put("onward.create-tables", "true");
    settings.put("onward.ssm.reads-per-second", "1000");
    settings.put("onward.ssm.writes-per-second", "1000");
    for (String service : new String[] {"ssm", "dynamodb"}) {
      String prefix = "quarkus." + service + ".";
      settings.put(prefix + "endpoint-override", aws.endpoint().toString());
      settings.put(prefix + "aws.region", "eu-west-1");
      settings.put(prefix + "aws.credentials.type", "static");
      settings.put(prefix + "aws.credentials.static-provider.access-key-id", "onward");
      settings.put(prefix + "aws.credentials.static-provider.secret-access-key", "any");
    }
    return settings;
  }

  public static String image(String service, String tag) {
    return "example.com/uk.ac.wellcome/%s:%s".formatted(service, tag);
  }

  private static Path manifests() {
    try {
      Path directory = Files.createTempDirectory("onward-manifests");
      Files.writeString(directory.resolve("storage.yaml"), STORAGE);
      Files.writeString(directory.resolve("broken.yaml"), BROKEN);
      Files.writeString(directory.resolve("invalid.yaml"), INVALID);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void createWrongTable(String name) {
    try (var dynamo = dynamo(aws.endpoint())) {
      dynamo.createTable(
          CreateTableRequest.builder()
              .tableName(name)
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .keySchema(
                  KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
              .attributeDefinitions(
                  AttributeDefinition.builder()
                      .attributeName("id")
                      .attributeType(ScalarAttributeType.S)
                      .build())
              .build());
    }
  }

  private static DynamoDbClient dynamo(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "any")))
        .build();
  }

  @Override
  public void stop() {
    aws.close();
  }
}
