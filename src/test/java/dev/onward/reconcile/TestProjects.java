package dev.onward.reconcile;

import dev.onward.OnwardConfig;
import dev.onward.command.CommandExecutor;
import dev.onward.command.CommandResult;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.Source;
import dev.onward.model.intervention.Attribution;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.ReleasePolicy;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.reconcile.check.ExternalChecks;
import dev.onward.reconcile.observe.GlobalInterventions;
import dev.onward.reconcile.observe.ProjectCache;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One project, latest → stage → prod, and any number of replicas that look after it. */
public final class TestProjects {
  public static final DesiredState DESIRED =
      new DesiredState(
          new ProjectId("storage"),
          "Storage service",
          Optional.empty(),
          ReleasePolicy.DEFAULT,
          List.of(
              automatic("stage", new Label("latest")),
              automatic("prod", new EnvironmentId("stage"))));

  public static final OnwardConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withConverter(Duration.class, 100, new DurationConverter())
          .withMapping(OnwardConfig.class)
          .build()
          .getConfigMapping(OnwardConfig.class);

  public final MovableClock clock = new MovableClock();
  public final MemoryParameterStore parameters = new MemoryParameterStore(clock);
  public final MemoryReleaseStore releases = new MemoryReleaseStore();
  public final MemoryGlobalStore daemon = new MemoryGlobalStore();

  /** A process: remembers from cycle to cycle what a process remembers, and no more. */
  public final class Replica {
    private final Reconciler reconciler;
    private final CommandExecutor executor;
    private final ProjectCache memory = new ProjectCache(CONFIG, clock::nanoTime);

    private Replica(Duration clockOff) {
      var stores = new MemoryStores(project -> MemoryStores.of(parameters, releases), daemon);
      var global = new GlobalInterventions(daemon, CONFIG.interval().dividedBy(2), clock::nanoTime);
      var corrected = new SkewCorrectedClock(() -> clock.instant().plus(clockOff), clock::nanoTime);
      reconciler =
          new Reconciler(
              CONFIG,
              stores,
              new ExternalChecks(MemoryStores.NO_PROBES, CONFIG.interval()),
              global,
              corrected,
              clock::nanoTime,
              () -> false);
      executor = new CommandExecutor(stores, reconciler, global, corrected);
    }

    public CycleReport cycle() {
      return cycle(DESIRED);
    }

    public CycleReport cycle(DesiredState desired) {
      return reconciler.cycle(desired, memory);
    }

    public CommandResult execute(OperatorCommand command, String who, boolean dryRun) {
      return execute(command, who, Optional.empty(), dryRun);
    }

    public CommandResult execute(
        OperatorCommand command, String who, Optional<Long> expectedVersion, boolean dryRun) {
      return executor.execute(DESIRED, memory, command, said(who), expectedVersion, dryRun);
    }

    /** While this process has a cycle under way. */
    public CommandResult sayAside(OperatorCommand command, String who) {
      return sayAside(command, who, Optional.empty());
    }

    public CommandResult sayAside(
        OperatorCommand command, String who, Optional<Long> expectedVersion) {
      return executor.updateInterventions(
          DESIRED,
          memory,
          ((OperatorCommand.Say) command).intervention(),
          said(who),
          expectedVersion,
          Optional.empty(),
          false);
    }

    private Attribution said(String who) {
      return new Attribution(new Requester(who, who), clock.instant(), "a test", Optional.empty());
    }
  }

  public Replica replica() {
    return replica(Duration.ZERO);
  }

  /** One whose wall clock is ahead of the stores' by so much; behind it, if that is negative. */
  public Replica replica(Duration clockOff) {
    return new Replica(clockOff);
  }

  public TestProjects publish(String service, String tag) {
    parameters.write("/storage/images/latest/" + service, "example.com/ns/" + service + ":" + tag);
    return this;
  }

  public String stage(String service) {
    return parameters.value("/storage/images/stage/" + service).orElse("");
  }

  public void hook(CallHook hook) {
    parameters.hook(hook);
    releases.hook(hook);
    daemon.hook(hook);
  }

  /** Cycles of a fresh process until one plans nothing more. */
  public void runToQuiescence() {
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
        Optional.of(new PromotionPolicy(from, PromotionMode.AUTO, List.of())),
        DriftPolicy.REPORT);
  }
}
