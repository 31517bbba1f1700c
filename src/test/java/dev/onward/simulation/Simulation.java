package dev.onward.simulation;

import dev.onward.policy.PromotionMode;
import java.time.Duration;

/** One seed, from its beginning to its end. */
final class Simulation {
  /** Long enough for the slowest wait after a failure and the slowest search, one after another. */
  private static final Duration CALM = Duration.ofSeconds(220);

  private static final Duration TAKING_BACK = Duration.ofSeconds(70);
  private static final Duration UNTIL_CUT = Duration.ofSeconds(70);
  private static final Duration LAST = Duration.ofSeconds(110);

  private final World world;

  Simulation(long seed, Mutation plant, boolean inWords) {
    world = new World(seed, plant, inWords);
  }

  Trace trace() {
    return world.trace;
  }

  Setting setting() {
    return world.setting;
  }

  /** Throws {@link AssertionError} if something was that must never be. */
  void run() {
    try {
      var builds = new Builds(world);
      builds.publishAll();
      world.oldTool.workBefore();
      long storm = world.chance.seconds(45, 130);
      for (int replica = 1; replica <= world.setting.replicas(); replica++) {
        world.start(replica, 1, world.chance.seconds(10, 30));
      }
      builds.goOnUntil(storm);
      world.people.goOnUntil(storm);
      world.people.editUntil(storm);
      world.people.retypeUntil(storm);
      world.people.loseWordsUntil(storm);
      world.oldTool.goOnUntil(storm);
      world.timeline.runUntil(storm);
      world.calmDown();
      world.people.takeAllBackUntil(storm + TAKING_BACK.toNanos());
      world.timeline.runUntil(storm + CALM.toNanos());
      var rest = new QuiescenceCheck(world);
      rest.everythingIsAtRest();
      builds.publishAll();
      world.timeline.runUntil(storm + CALM.plus(UNTIL_CUT).toNanos());
      boolean manual =
          world.setting.desired().environment(Setting.PROD).orElseThrow().promotion().stream()
              .anyMatch(policy -> policy.mode() == PromotionMode.MANUAL);
      world.people.letGo(world.judge.label().orElseThrow().release(), manual);
      world.timeline.runUntil(storm + CALM.plus(UNTIL_CUT).plus(LAST).toNanos());
      rest.theLastReleaseIsEverywhere();
    } finally {
      world.timeline.end();
    }
  }
}
