package dev.onward.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;

/**
 * Replicas of Onward, each told apart at AWS by an access key of its own, its name. One that has
 * ended is replaced by another of another name.
 */
final class Fleet implements AutoCloseable {
  /** What a cluster gives a pod by our manifests, less what it takes to notice. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Path directory;
  private final Map<String, String> environment;
  private final Map<String, OnwardProcess> running = new ConcurrentSkipListMap<>();
  private final Map<String, OnwardProcess> standing = new ConcurrentSkipListMap<>();
  private final List<OnwardProcess> all = new ArrayList<>();
  private final Duration term;

  /**
   * @param environment of each replica
   * @param term of the lease
   */
  Fleet(Path directory, Map<String, String> environment, Duration term) {
    this.directory = directory;
    this.environment = environment;
    this.term = term;
    environment.put("ONWARD_LEASE_TERM", term.toString());
  }

  /**
   * Starts another.
   *
   * @param leased whether it takes part in the lease; otherwise it reconciles as if it were alone
   */
  void start(boolean leased) {
    String name = "replica%03d".formatted(all.size());
    var its = new TreeMap<>(environment);
    its.put("AWS_ACCESS_KEY_ID", name);
    its.put("ONWARD_LEASE_ENABLED", Boolean.toString(leased));
    OnwardProcess process = OnwardProcess.start(directory, its);
    running.put(name, process);
    all.add(process);
  }

  /** How many run. */
  int size() {
    return running.size();
  }

  /** Those that answer. */
  List<OnwardProcess> answering() {
    return running.values().stream()
        .filter(process -> process.status("/q/health/live") == 200)
        .toList();
  }

  boolean isKnown(AwsCall call) {
    return running.containsKey(call.sender());
  }

  /** {@code kill -9}: it is done when the process is gone. */
  CompletionStage<Boolean> kill(String name) {
    OnwardProcess process = running.remove(name);
    process.kill();
    return process.gone().thenApply(it -> false);
  }

  /** {@code kill -STOP}. */
  CompletionStage<Boolean> standStill(String name) {
    try {
      OnwardProcess process = running.remove(name);
      standing.put(name, process);
      process.standStill();
      return CompletableFuture.completedFuture(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Lets one go on that stood still, once that was longer than its term and another leads. */
  void goOnWhenAnotherLeads(String name) throws IOException, InterruptedException {
    Instant since = Instant.now();
    within(Duration.ofSeconds(60))
        .until(
            () ->
                Duration.between(since, Instant.now()).compareTo(term) > 0
                    && running.values().stream()
                        .anyMatch(other -> other.metric("onward_leader") == 1));
    OnwardProcess process = standing.remove(name);
    running.put(name, process);
    process.goOn();
    within(Duration.ofSeconds(20)).until(() -> process.status("/q/health/live") == 200);
  }

  /** One by one: each is asked to stop, and its successor is ready before the next. */
  Duration restartAll() throws InterruptedException {
    Duration longest = Duration.ZERO;
    for (String name : List.copyOf(running.keySet())) {
      OnwardProcess process = running.remove(name);
      // One that is still starting ends when it has started.
      within(Duration.ofSeconds(60)).until(() -> process.status("/q/health/live") == 200);
      Duration took = process.terminate();
      assertThat(took)
          .as("%s ends within its grace period:%n%s", name, process.log())
          .isLessThan(GRACE);
      longest = took.compareTo(longest) > 0 ? took : longest;
      start(true);
      OnwardProcess successor = all.getLast();
      within(Duration.ofSeconds(60)).until(() -> successor.status("/q/health/ready") == 200);
    }
    return longest;
  }

  /** What is in the log of any of them, ever. */
  List<String> logLines(Predicate<String> which) {
    return all.stream().flatMap(process -> process.log().lines()).filter(which).toList();
  }

  int startedSoFar() {
    return all.size();
  }

  private static ConditionFactory within(Duration time) {
    return await().atMost(time).pollInterval(Duration.ofMillis(50));
  }

  @Override
  public void close() {
    all.forEach(OnwardProcess::close);
  }
}
