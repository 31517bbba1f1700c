package dev.onward.packaged;

import dev.onward.local.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** What people and builds do around a running Onward: write manifests, publish images, look. */
public final class Operator implements AutoCloseable {
  private final Path manifests;
  private final SsmClient ssm;

  public Operator(Path directory, LocalAws aws) {
    try {
      this.manifests = Files.createDirectories(directory.resolve("manifests"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.ssm =
        SsmClient.builder()
            .endpointOverride(aws.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("build", "any")))
            .build();
  }

  /** Only AWS's standard settings, and where the manifests are. */
  public Map<String, String> environment(URI endpoint) {
    var environment = new HashMap<String, String>();
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_ACCESS_KEY_ID", "onward");
    environment.put("AWS_SECRET_ACCESS_KEY", "any");
    environment.put("ONWARD_MANIFESTS", manifests.toString());
    environment.put("ONWARD_INTERVAL", "1s");
    environment.put("ONWARD_CREATE_TABLES", "true");
    environment.put("ONWARD_SSM_READS_PER_SECOND", "1000");
    environment.put("ONWARD_SSM_WRITES_PER_SECOND", "1000");
    return environment;
  }

  /** Stage follows latest at once; prod is for people. */
  void writeManifest(String project) {
    writeManifest(
        project + ".yaml",
        """
        %s:
          name: %s
          release: {quiet_period: 0s}
          environments:
            - id: stage
              name: Staging
              promotion: {from: latest, mode: auto}
            - id: prod
              name: Production
              promotion: {from: stage, mode: manual}
        """
            .formatted(project, project));
  }

  public void writeManifest(String file, String text) {
    try {
      Files.writeString(manifests.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void publish(String project, String service, String tag) {
    write("/%s/images/latest/%s".formatted(project, service), image(service, tag));
  }

  /** Whatever somebody takes into their head, wherever. */
  public void write(String parameter, String value) {
    ssm.putParameter(
        put -> put.name(parameter).value(value).type(ParameterType.STRING).overwrite(true));
  }

  Optional<String> stage(String project, String service) {
    return image(project, "stage", service);
  }

  Optional<String> image(String project, String environment, String service) {
    try {
      return Optional.of(
          ssm.getParameter(
                  get -> get.name("/%s/images/%s/%s".formatted(project, environment, service)))
              .parameter()
              .value());
    } catch (ParameterNotFoundException e) {
      return Optional.empty();
    }
  }

  public static String image(String service, String tag) {
    return "example.com/uk.ac.wellcome/%s:%s".formatted(service, tag);
  }

  @Override
  public void close() {
    ssm.close();
  }
}
