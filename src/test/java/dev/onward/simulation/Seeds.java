package dev.onward.simulation;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/** Runs seeds, as many at a time as there are cores, until one fails. */
final class Seeds {
  private static final Logger LOG = Logger.getLogger("dev.onward");

  private final Mutation plant;
  private final AtomicLong next;
  private final long end;
  private final AtomicLong ran = new AtomicLong();
  private final AtomicLong steps = new AtomicLong();
  private final AtomicLong digest = new AtomicLong();
  private final Map<Long, Throwable> failures = new ConcurrentHashMap<>();

  Seeds(Mutation plant, long first, long count) {
    this.plant = plant;
    this.next = new AtomicLong(first);
    this.end = first + count;
  }

  /** A seed that failed, and how. */
  record Failed(long seed, Throwable how) {}

  /**
   * The first that failed, if any did. Meanwhile nothing is logged: what is made to fail fails
   * often.
   */
  Optional<Failed> run() {
    Level before = LOG.getLevel();
    LOG.setLevel(Level.OFF);
    try {
      runAll();
    } finally {
      LOG.setLevel(before);
    }
    return failures.entrySet().stream()
        .min(Map.Entry.comparingByKey())
        .map(failure -> new Failed(failure.getKey(), failure.getValue()));
  }

  long ran() {
    return ran.get();
  }

  long steps() {
    return steps.get();
  }

  /** What all traces add up to: the same for the same seeds, wherever they run. */
  long digest() {
    return digest.get();
  }

  private void runAll() {
    var threads =
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
            .mapToObj(i -> Thread.ofVirtual().start(this::work))
            .toList();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void work() {
    for (long seed = next.getAndIncrement();
        seed < end && failures.isEmpty();
        seed = next.getAndIncrement()) {
      var simulation = new Simulation(seed, plant, false);
      try {
        simulation.run();
      } catch (RuntimeException | Error e) {
        failures.put(seed, e);
      }
      ran.incrementAndGet();
      steps.addAndGet(simulation.trace().steps());
      digest.addAndGet(simulation.trace().digest());
    }
  }
}
