package dev.onward.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;

/**
 * What the daemon's listings are compared with: nothing but the SDK's listing calls, one project
 * after the other, as many at a time as a daemon has cycles. A process of its own, which lists for
 * as long as it is told and says how many parameters it saw.
 */
final class BareListing {
  private static final int PAGE = 10;

  private final SsmClient ssm = SsmClient.create();

  private BareListing() {}

  record Order(Workload estate, int seconds, int parallel) {}

  /**
   * @param cpuSeconds the processor time that it took
   */
  record Done(long parameters, double seconds, double cpuSeconds) {}

  public static void main(String[] args) throws IOException {
    var listing = new BareListing();
    try (var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        System.out.println(Line.of(listing.list(Line.read(line, Order.class))));
      }
    }
  }

  private Done list(Order order) {
    var seen = new LongAdder();
    var next = new AtomicInteger();
    double cpuBefore = cpuSeconds();
    long began = System.nanoTime();
    long end = began + order.seconds() * 1_000_000_000L;
    // As the daemon's cycles, on virtual threads.
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < order.parallel(); i++) {
        executor.execute(
            () -> {
              while (System.nanoTime() < end) {
                int index = next.getAndIncrement() % order.estate().projects();
                seen.add(list("/%s/images".formatted(order.estate().project(index))));
              }
            });
      }
    }
    return new Done(seen.sum(), (System.nanoTime() - began) / 1e9, cpuSeconds() - cpuBefore);
  }

  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  private long list(String path) {
    long parameters = 0;
    String token = null;
    do {
      String from = token;
      GetParametersByPathResponse page =
          ssm.getParametersByPath(
              list -> list.path(path).recursive(true).maxResults(PAGE).nextToken(from));
      parameters += page.parameters().size();
      token = page.nextToken();
    } while (token != null);
    return parameters;
  }
}
