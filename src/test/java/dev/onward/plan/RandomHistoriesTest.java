package dev.onward.plan;

import static dev.onward.plan.World.LATEST;
import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.gate.PromotionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random histories of builds, people, the old tool and a jumping clock. A failure names its seed;
 * {@code -Dtest.seed=…} replays that one alone.
 */
class RandomHistoriesTest {
  private static final int HISTORIES = 300;
  private static final int STEPS = 40;

  @Test
  void theInvariantsHoldThroughEveryHistory() {
    Optional<Long> replay = Optional.ofNullable(Long.getLong("test.seed"));
    long first = replay.orElseGet(System::nanoTime);
    for (long seed = first; seed < first + (replay.isPresent() ? 1 : HISTORIES); seed++) {
      try {
        new History(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("replay with -Dtest.seed=" + seed, e);
      }
    }
  }

  private static final class History {
    private final Random random;
    private final World world = World.automatic();
    private final List<Release> cut = new ArrayList<>();
    private final Set<ReleaseId> ids = new HashSet<>();
    private final Set<String> deployments = new HashSet<>();
    private final Map<EnvironmentId, Instant> words = new HashMap<>();

    History(long seed) {
      random = new Random(seed);
      world.environment(
          "stage",
          Optional.of(new PromotionPolicy(LATEST, PromotionMode.AUTO, List.of())),
          random.nextBoolean() ? DriftPolicy.REPAIR : DriftPolicy.REPORT);
    }

    void run() {
      for (int i = 0; i < STEPS; i++) {
        somethingHappens();
        cycle();
      }
      quiesce();
    }

    private void somethingHappens() {
      switch (random.nextInt(9)) {
        case 0, 1, 2 -> world.publish(service(), "v" + random.nextInt(5));
        case 3 -> world.after(Duration.ofSeconds(random.nextInt(120)));
        case 4 -> world.now = world.now.plusSeconds(random.nextInt(-600, 600));
        case 5 -> personDeploys();
        case 6 -> oldToolDeploys();
        case 7 ->
            world.put(
                LATEST,
                service(),
                random.nextInt(4) == 0
                    ? new ObservedParameter.Value.NotAnImage("oops")
                    : new ObservedParameter.Value.Image(World.image("bags", "x")));
        case 8 -> world.clockOff(Duration.ofSeconds(random.nextInt(-3600, 3600)));
        default -> throw new IllegalStateException();
      }
    }

    private void personDeploys() {
      if (cut.isEmpty() || world.current(STAGE).isEmpty()) {
        return;
      }
      ReleaseId release = any().id();
      if (!world.current(STAGE).get().equals(release)) {
        world.personDeploys(STAGE, release);
        words.put(STAGE, world.clock());
      }
    }

    private void oldToolDeploys() {
      if (!cut.isEmpty() && world.current(PROD).isPresent()) {
        world.after(Duration.ofMillis(1)).oldToolDeploys(PROD, any());
        // A date that is later than now is taken as now.
        words.put(PROD, world.clock().isBefore(world.now) ? world.clock() : world.now);
      }
    }

    private void cycle() {
      Plan plan = world.plan();
      assertThat(world.plan().actions()).as("the same twice").isEqualTo(plan.actions());
      world.carryOut(plan.actions());
      plan.actions().forEach(this::check);
      assertThat(world.plan().actions()).as("a plan after an applied plan is empty").isEmpty();
    }

    private void check(Action action) {
      switch (action) {
        case Action.CutRelease release -> {
          assertThat(ids.add(release.release().id())).as("one release a cut").isTrue();
          if (!cut.isEmpty()) {
            assertThat(release.release().newerThan(cut.getLast())).isTrue();
          }
          cut.add(release.release());
        }
        case Action.RecordDeployment deployment -> {
          assertThat(deployments.add(deployment.deployment().id().orElseThrow())).isTrue();
          var word = words.get(deployment.to().environment());
          if (word != null) {
            assertThat(deployment.release().createdAt())
                .as("automation deploys nothing older than a person's word")
                .isAfter(word);
          }
        }
        case Action.InitialiseEnvironment initialise -> {}
        case Action.AdoptDeployment adopt -> {}
        case Action.ConvergeParameters converge -> {}
      }
    }

    private void quiesce() {
      for (String service : List.of("bags", "ingests", "search")) {
        world.publish(service, "last");
      }
      world.after(Duration.ofDays(1)).step();
      world.watched(Duration.ofDays(1)).step();
      ReleaseId newest = world.newest().id();
      for (EnvironmentId environment : List.of(STAGE, PROD)) {
        assertThat(world.current(environment)).as("the next fix flows").contains(newest);
        assertThat(world.images(environment)).isEqualTo(world.newest().images());
      }
    }

    private Release any() {
      return cut.get(random.nextInt(cut.size()));
    }

    private String service() {
      return List.of("bags", "ingests", "search").get(random.nextInt(3));
    }
  }
}
