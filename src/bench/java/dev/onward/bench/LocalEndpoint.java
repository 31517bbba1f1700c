package dev.onward.bench;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The local AWS in a process of its own. */
final class LocalEndpoint implements Endpoint {
  /** Room for 300,000 parameters and all that is decided about them. */
  private static final List<String> OPTIONS =
      List.of(
          "-Xms1g",
          "-Xmx4g",
          "-XX:+UseParallelGC",
          "--enable-native-access=ALL-UNNAMED",
          "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");

  private final JavaProcess process;
  private final URI address;
  private final SsmClient ssm;

  LocalEndpoint() {
    process = new JavaProcess(LocalAwsProcess.class, OPTIONS, Map.of());
    address = URI.create(process.answer());
    ssm =
        SsmClient.builder()
            .endpointOverride(address)
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("build", "any")))
            .build();
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "AWS_ENDPOINT_URL", address.toString(),
        "AWS_REGION", "eu-west-1",
        "AWS_ACCESS_KEY_ID", "onward",
        "AWS_SECRET_ACCESS_KEY", "any");
  }

  @Override
  public void publish(Workload.Change change) {
    tell(new LocalAwsProcess.Command(Optional.of(change), Optional.empty()));
  }

  @Override
  public Optional<Consumption> consumption() {
    return Optional.of(tell(new LocalAwsProcess.Command(Optional.empty(), Optional.empty())));
  }

  @Override
  public boolean delayAnswers(Duration delay) {
    tell(new LocalAwsProcess.Command(Optional.empty(), Optional.of(delay.toMillis())));
    return true;
  }

  private Consumption tell(LocalAwsProcess.Command command) {
    return Line.read(process.ask(Line.of(command)), Consumption.class);
  }

  @Override
  public SsmClient ssm() {
    return ssm;
  }

  @Override
  public void close() {
    ssm.close();
    process.close();
  }
}
