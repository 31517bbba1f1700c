package dev.onward.reconcile;

import dev.onward.OnwardConfig;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Intervention;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.Source;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.Wish;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.Mode;
import dev.onward.policy.PromotionPolicy;
import dev.onward.policy.ReleasePolicy;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One project, latest → stage → prod, and any number of replicas that look after it. */
final class Estate {
  static final DesiredState DESIRED =
      new DesiredState(
          new ProjectId("storage"),
          "Storage service",
          Optional.empty(),
          ReleasePolicy.DEFAULT,
          List.of(
              automatic("stage", new Label("latest")),
              automatic("prod", new EnvironmentId("stage"))));

  static final OnwardConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withConverter(Duration.class, 100, new DurationConverter())
          .withMapping(OnwardConfig.class)
          .build()
          .getConfigMapping(OnwardConfig.class);

  final MovableClock clock = new MovableClock();
  final MemoryParameterStore parameters = new MemoryParameterStore(clock);
  final MemoryReleaseStore releases = new MemoryReleaseStore();
  final MemoryDaemonStore daemon = new MemoryDaemonStore();

  /** A process: remembers from cycle to cycle what a process remembers, and no more. */
  final class Replica {
    private final Reconciler reconciler;
    private final ProjectMemory memory = new ProjectMemory(CONFIG, clock::nanoTime);

    private Replica(Duration clockOff) {
      reconciler =
          new Reconciler(
              CONFIG,
              new MemoryStores(project -> MemoryStores.of(parameters, releases), daemon),
              new Enquiries(MemoryStores.NO_PROBES, CONFIG.interval()),
              new Everywhere(daemon, CONFIG.interval().dividedBy(2), clock::nanoTime),
              new StoreClock(() -> clock.instant().plus(clockOff), clock::nanoTime),
              clock::nanoTime,
              () -> false);
    }

    CycleReport cycle() {
      return cycle(DESIRED);
    }

    CycleReport cycle(DesiredState desired) {
      return reconciler.cycle(desired, memory);
    }

    WishReport wish(Wish wish, String who, boolean dryRun) {
      return reconciler.wish(DESIRED, memory, wish, said(who), dryRun);
    }

    /** While this process has a cycle under way. */
    WishReport sayAside(Wish word, String who) {
      return reconciler.say(DESIRED, memory, word, said(who), Optional.empty(), false);
    }

    private Intervention said(String who) {
      return new Intervention(new Requester(who, who), clock.instant(), "a test", Optional.empty());
    }
  }

  Replica replica() {
    return replica(Duration.ZERO);
  }

  /** One whose wall clock is ahead of the stores' by so much; behind it, if that is negative. */
  Replica replica(Duration clockOff) {
    return new Replica(clockOff);
  }

  Estate publish(String service, String tag) {
    parameters.write("/storage/images/latest/" + service, "example.com/ns/" + service + ":" + tag);
    return this;
  }

  String stage(String service) {
    return parameters.value("/storage/images/stage/" + service).orElse("");
  }

  void hook(CallHook hook) {
    parameters.hook(hook);
    releases.hook(hook);
    daemon.hook(hook);
  }

  /** Cycles of a fresh process until one plans nothing more. */
  void runToQuiescence() {
    var replica = replica();
    for (int i = 0; i < 10; i++) {
      CycleReport report = replica.cycle();
      if (report.results().isEmpty() && report.plan().filter(plan -> plan.isEmpty()).isPresent()) {
        return;
      }
    }
    throw new AssertionError("no rest after 10 cycles");
  }

  static DesiredEnvironment automatic(String id, Source from) {
    return new DesiredEnvironment(
        new EnvironmentId(id),
        id,
        Optional.of(new PromotionPolicy(from, Mode.AUTO, List.of())),
        DriftPolicy.REPORT);
  }
}
