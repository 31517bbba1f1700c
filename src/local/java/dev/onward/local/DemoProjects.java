package dev.onward.local;

import dev.onward.local.ssm.LocalSsm;
import java.time.Duration;
import java.util.List;

/**
 * The projects of {@code src/local/demo} as their builds would publish them: what is there at the
 * start, and what follows in the first minute, so that there is something to watch.
 */
final class DemoProjects {

  /**
   * Builds that publish at about the same time.
   *
   * @param after the step before
   */
  record Step(Duration after, List<DemoBuild> builds) {}

  static final List<DemoBuild> AT_THE_START =
      List.of(
          new DemoBuild("storage", "archivist", "1a2b3c4"),
          new DemoBuild("storage", "bag-register", "5d6e7f8"),
          new DemoBuild("storage", "bag-verifier", "9a0b1c2"),
          new DemoBuild("storage", "notifier", "3d4e5f6"),
          new DemoBuild("catalogue", "api", "7a8b9c0"),
          new DemoBuild("catalogue", "items", "1d2e3f4"),
          new DemoBuild("catalogue", "search", "5a6b7c8"),
          new DemoBuild("bugfarm", "hatching", "0000001"),
          new DemoBuild("bugfarm", "feeding", "0000001"));

  static final List<Step> LATER =
      List.of(
          new Step(
              Duration.ofSeconds(12), List.of(new DemoBuild("storage", "archivist", "e4d909c"))),
          new Step(Duration.ofSeconds(10), List.of(new DemoBuild("catalogue", "api", "290d8be"))),
          new Step(
              Duration.ofSeconds(12),
              List.of(
                  new DemoBuild("storage", "bag-register", "b1946ac"),
                  new DemoBuild("storage", "bag-verifier", "b1946ac"))),
          new Step(
              Duration.ofSeconds(12), List.of(new DemoBuild("catalogue", "search", "591785b"))),
          new Step(
              Duration.ofSeconds(8), List.of(new DemoBuild("storage", "notifier", "c4ca423"))));

  private DemoProjects() {}

  static void seed(LocalSsm ssm) {
    AT_THE_START.forEach(build -> build.publish(ssm));
  }
}
