package dev.onward.bench;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * An AWS that is there already, reached as this process's environment says. It tells no capacity.
 */
final class GivenEndpoint implements Endpoint {
  private static final int PARALLEL = 16;

  private final URI address;
  private final SsmClient ssm;

  GivenEndpoint(URI address) {
    this.address = address;
    this.ssm = SsmClient.builder().endpointOverride(address).build();
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings =
        System.getenv().entrySet().stream()
            .filter(variable -> variable.getKey().startsWith("AWS_"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    settings.put("AWS_ENDPOINT_URL", address.toString());
    return settings;
  }

  @Override
  public void publish(Workload.Change change) {
    var limit = new Semaphore(PARALLEL);
    List<Future<?>> puts = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      change.forEach(
          (name, image) -> {
            limit.acquireUninterruptibly();
            puts.add(
                executor.submit(
                    () -> {
                      try {
                        put(name, image);
                      } finally {
                        limit.release();
                      }
                    }));
          });
    }
    for (Future<?> put : puts) {
      try {
        put.get();
      } catch (ExecutionException | InterruptedException e) {
        throw new IllegalStateException("An image could not be published", e);
      }
    }
  }

  private void put(String name, String image) {
    ssm.putParameter(put -> put.name(name).value(image).type(ParameterType.STRING).overwrite(true));
  }

  @Override
  public Optional<Consumption> consumption() {
    return Optional.empty();
  }

  @Override
  public boolean delayAnswers(Duration delay) {
    return delay.isZero();
  }

  @Override
  public SsmClient ssm() {
    return ssm;
  }

  @Override
  public void close() {
    ssm.close();
  }
}
