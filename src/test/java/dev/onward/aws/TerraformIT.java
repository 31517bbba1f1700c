package dev.onward.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The Terraform examples, by Terraform itself, planned against the local AWS. */
class TerraformIT {
  private static final Path EXAMPLES = Path.of("examples", "terraform").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PARAMETERS = "arn:aws:ssm:eu-west-1:123456789012:parameter/";
  private static final String TABLES = "arn:aws:dynamodb:eu-west-1:123456789012:table/";

  @TempDir Path directory;

  @BeforeEach
  void terraformIsHere() {
    assumeTrue(exitOf("terraform", "version") == 0, "needs terraform");
  }

  @Test
  void theExamplesAreFormatted() throws Exception {
    assertThat(run(EXAMPLES, Map.of(), "terraform", "fmt", "-check", "-diff", "-recursive"))
        .isEmpty();
  }

  @Test
  void whatOnwardWroteIsWhatTheTaskDefinitionsRun() throws Exception {
    try (var aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort().withoutDynamoDb());
        var ssm = ssm(aws)) {
      put(ssm, "/storage/images/stage/archivist", "example.com/archivist:1");
      put(ssm, "/storage/images/stage/bags", "example.com/bags:2");
      put(ssm, "/storage/images/latest/bags", "example.com/bags:3");
      JsonNode plan = plan("consumer", aws);
      assertThat(containers(plan, "archivist")).isEqualTo("example.com/archivist:1");
      assertThat(containers(plan, "bags")).isEqualTo("example.com/bags:2");
    }
  }

  @Test
  void theRoleReachesItsProjectsAndNothingElse() throws Exception {
    try (var aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort().withoutDynamoDb())) {
      JsonNode outputs =
          plan("cluster", aws, "-var=cluster_name=any").at("/planned_values/outputs");
      JsonNode policy = JSON.readTree(outputs.at("/policy/value").asText());
      assertThat(permits(policy, "ssm:GetParametersByPath", PARAMETERS + "storage/images"))
          .isTrue();
      assertThat(permits(policy, "ssm:GetParameterHistory", PARAMETERS + "storage/images/latest/a"))
          .isTrue();
      assertThat(permits(policy, "ssm:PutParameter", PARAMETERS + "catalogue/images/prod/api"))
          .isTrue();
      assertThat(permits(policy, "ssm:PutParameter", PARAMETERS + "storage/images/latest/bags"))
          .as("people publish under it through Onward")
          .isTrue();
      assertThat(permits(policy, "ssm:PutParameter", PARAMETERS + "catalogue/images/latest/api"))
          .as("only builds write it")
          .isFalse();
      assertThat(permits(policy, "ssm:PutParameter", PARAMETERS + "other/images/prod/api"))
          .isFalse();
      assertThat(permits(policy, "ssm:PutParameter", PARAMETERS + "storage/secrets/prod/key"))
          .isFalse();
      assertThat(permits(policy, "dynamodb:UpdateItem", TABLES + "onward-releases")).isTrue();
      assertThat(permits(policy, "dynamodb:Query", TABLES + "onward-releases/index/project_gsi"))
          .isTrue();
      assertThat(permits(policy, "dynamodb:PutItem", TABLES + "onward-state")).isTrue();
      assertThat(permits(policy, "dynamodb:DeleteItem", TABLES + "onward-state")).isFalse();
      assertThat(permits(policy, "dynamodb:UpdateItem", TABLES + "another")).isFalse();
      assertThat(outputs.at("/environment/value/ONWARD_STATE_TABLE").asText())
          .isEqualTo("onward-state");
    }
  }

  /** As IAM does where nothing is denied: one statement must fit both. */
  private static boolean permits(JsonNode policy, String action, String resource) {
    return policy
        .at("/Statement")
        .valueStream()
        .filter(statement -> statement.at("/Effect").asText().equals("Allow"))
        .filter(statement -> texts(statement.at("/Action")).anyMatch(action::equals))
        .flatMap(statement -> texts(statement.at("/Resource")))
        .anyMatch(pattern -> resource.matches(pattern.replace(".", "\\.").replace("*", ".*")));
  }

  private static Stream<String> texts(JsonNode oneOrMany) {
    return oneOrMany.isArray()
        ? StreamSupport.stream(oneOrMany.spliterator(), false).map(JsonNode::asText)
        : Stream.of(oneOrMany.asText());
  }

  private static String containers(JsonNode plan, String service) throws IOException {
    JsonNode definition =
        plan.at("/planned_values/root_module/resources")
            .valueStream()
            .filter(resource -> resource.at("/index").asText().equals(service))
            .findFirst()
            .orElseThrow();
    return JSON.readTree(definition.at("/values/container_definitions").asText())
        .at("/0/image")
        .asText();
  }

  /** What a plan of one of the examples says. */
  private JsonNode plan(String example, LocalAws aws, String... arguments) throws Exception {
    Path mirror = mirror().orElse(null);
    assumeTrue(mirror != null, "needs a local mirror of Terraform's provider for AWS");
    copy(EXAMPLES, directory);
    Path place = directory.resolve(example);
    var environment = new TreeMap<String, String>();
    environment.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_ACCESS_KEY_ID", "terraform");
    environment.put("AWS_SECRET_ACCESS_KEY", "any");
    run(place, environment, "terraform", "init", "-input=false", "-plugin-dir=" + mirror);
    var plan = new ArrayList<>(List.of("terraform", "plan", "-input=false", "-out=plan"));
    plan.addAll(List.of(arguments));
    run(place, environment, plan.toArray(String[]::new));
    return JSON.readTree(run(place, environment, "terraform", "show", "-json", "plan"));
  }

  /** Where Terraform looks by itself, and what else a machine may have been given. */
  private static Optional<Path> mirror() throws IOException {
    try (Stream<Path> others = Files.list(Path.of("/opt"))) {
      return Stream.concat(
              Stream.of(
                  Path.of(System.getProperty("user.home"), ".terraform.d", "plugins"),
                  Path.of("/usr/local/share/terraform/plugins"),
                  Path.of("/usr/share/terraform/plugins")),
              others)
          .filter(place -> Files.isDirectory(place.resolve("registry.terraform.io/hashicorp/aws")))
          .findFirst();
    }
  }

  private static SsmClient ssm(LocalAws aws) {
    return SsmClient.builder()
        .endpointOverride(aws.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("onward", "any")))
        .build();
  }

  private static void put(SsmClient ssm, String name, String image) {
    ssm.putParameter(put -> put.name(name).value(image).type(ParameterType.STRING));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static int exitOf(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private String run(Path place, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path errors = directory.resolve("errors.log");
    var builder =
        new ProcessBuilder(command).directory(place.toFile()).redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("CHECKPOINT_DISABLE", "true");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor())
        .as("%s said: %s%n%s", String.join(" ", command), output, Files.readString(errors))
        .isZero();
    return output;
  }
}
