package dev.onward.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Thousands of worlds, each of its own seed. A failure prints what happened and the command that
 * replays it; {@code -Dtest.seeds=1000000} runs a million, {@code -Dtest.seed=…} one alone.
 */
class SimulationTest {
  private static final long SEEDS = 3_000;

  @Test
  void whateverGoesWrongNothingIsLostAndNothingIsDoneTwice() {
    Optional<Long> one = Optional.ofNullable(Long.getLong("test.seed"));
    long first = one.orElseGet(() -> Long.getLong("test.first-seed", 0));
    long count = one.isPresent() ? 1 : Long.getLong("test.seeds", SEEDS);
    var seeds = new Seeds(Mutation.NOTHING, first, count);
    Optional<Seeds.Failed> failed = seeds.run();
    System.out.printf(
        "simulation: %,d seeds from %d, %,d steps, digest %016x%n",
        seeds.ran(), first, seeds.steps(), seeds.digest());
    failed.ifPresent(it -> publish(it, Mutation.NOTHING));
  }

  @Test
  void theSameSeedIsTheSameWorld() {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(digest(seed)).as("seed %d", seed).isEqualTo(digest(seed));
    }
  }

  private static long digest(long seed) {
    var simulation = new Simulation(seed, Mutation.NOTHING, false);
    simulation.run();
    return simulation.trace().digest();
  }

  private static void publish(Seeds.Failed failed, Mutation plant) {
    var again = new Simulation(failed.seed(), plant, true);
    try {
      again.run();
    } catch (RuntimeException | Error e) {
      // The same as before: what led to it is what is wanted.
    }
    System.out.println("seed " + failed.seed() + ": " + again.setting());
    again.trace().lines().forEach(System.out::println);
    throw new AssertionError(
        "%s%nreplay with: ./mvnw test -Dtest=SimulationTest -Dtest.seed=%d"
            .formatted(failed.how().getMessage(), failed.seed()),
        failed.how());
  }
}
