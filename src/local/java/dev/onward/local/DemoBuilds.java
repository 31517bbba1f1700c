package dev.onward.local;

import dev.onward.local.DemoProjects.Step;
import dev.onward.local.ssm.LocalSsm;
import java.util.List;

/** Plays the demo's later builds, one step after the other, until they are over or it is closed. */
final class DemoBuilds implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(DemoBuilds.class.getName());

  private final Thread player;

  private DemoBuilds(List<Step> steps, LocalSsm ssm) {
    player = Thread.ofVirtual().name("demo-builds").start(() -> play(steps, ssm));
  }

  static DemoBuilds start(List<Step> steps, LocalSsm ssm) {
    return new DemoBuilds(steps, ssm);
  }

  private static void play(List<Step> steps, LocalSsm ssm) {
    try {
      for (Step step : steps) {
        Thread.sleep(step.after());
        for (DemoBuild build : step.builds()) {
          build.publish(ssm);
          LOG.log(
              System.Logger.Level.INFO,
              "{0}: a build published {1}:{2} (demo)",
              build.project(),
              build.service(),
              build.commit());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isOver() {
    return !player.isAlive();
  }

  @Override
  public void close() {
    player.interrupt();
    try {
      player.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
