package dev.onward.simulation;

import dev.onward.OnwardConfig;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.Gate;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.ReleasePolicy;
import dev.onward.policy.gate.ApprovalsGate;
import dev.onward.policy.gate.MinIntervalGate;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.policy.gate.SoakGate;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a seed chose: the estate, its policies, and what goes wrong how often. Each seed knows only
 * some of the faults, so that every fault is met without the others too.
 */
record Setting(
    int replicas, List<ServiceId> services, DesiredState desired, Map<Fault, Integer> permille) {
  static final ProjectId PROJECT = new ProjectId("storage");
  static final Label LATEST = new Label("latest");
  static final EnvironmentId STAGE = new EnvironmentId("stage");
  static final EnvironmentId PROD = new EnvironmentId("prod");
  static final List<EnvironmentId> ENVIRONMENTS = List.of(STAGE, PROD);

  static final Duration QUIET = Duration.ofSeconds(10);
  static final Duration MAX_WAIT = Duration.ofSeconds(60);
  static final Duration SOAK = Duration.ofSeconds(25);
  static final Duration MIN_INTERVAL = Duration.ofSeconds(30);

  static final OnwardConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withConverter(
              Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
          .withMapping(OnwardConfig.class)
          .withDefaultValue("onward.interval", "15s")
          .withDefaultValue("onward.repair-grace", "30s")
          .withDefaultValue("onward.adoption-interval", "60s")
          .withDefaultValue("onward.backoff.maximum", "30s")
          .withDefaultValue("onward.backoff.stalled", "45s")
          .build()
          .getConfigMapping(OnwardConfig.class);

  private static final List<Integer> RATES = List.of(5, 20, 60);
  private static final List<Integer> RARE_RATES = List.of(2, 5, 10);

  /**
   * @param later decides about the faults that came later
   */
  static Setting drawn(SeededRandom chance, SeededRandom later) {
    int replicas = 1 + chance.below(3);
    List<ServiceId> services =
        IntStream.rangeClosed(1, 1 + chance.below(3))
            .mapToObj(number -> new ServiceId("service" + number))
            .toList();
    var permille = new EnumMap<Fault, Integer>(Fault.class);
    boolean fine = chance.oneIn(12);
    for (Fault fault : Fault.LATER) {
      permille.put(fault, later.oneIn(4) ? later.any(RATES) : 0);
    }
    for (Fault fault : EnumSet.complementOf(EnumSet.copyOf(Fault.LATER))) {
      boolean rare = fault == Fault.CRASH || fault == Fault.PAUSE || fault == Fault.PARTITION;
      int rate = chance.any(rare ? RARE_RATES : RATES);
      permille.put(fault, fine || chance.oneIn(2) ? 0 : rate);
    }
    return new Setting(replicas, services, desired(chance), permille);
  }

  /** How often a fault comes, if it does at all in this simulation. */
  int rate(Fault fault) {
    return permille.getOrDefault(fault, 0);
  }

  boolean knows(Fault fault) {
    return rate(fault) > 0;
  }

  private static DesiredState desired(SeededRandom chance) {
    var stage =
        environment(
            STAGE,
            LATEST,
            PromotionMode.AUTO,
            chance.oneIn(3) ? List.of(new MinIntervalGate(MIN_INTERVAL)) : List.of(),
            chance);
    var gates = new ArrayList<Gate>();
    boolean fromStage = !chance.oneIn(6);
    if (fromStage && chance.oneIn(2)) {
      gates.add(new SoakGate(SOAK));
    }
    if (chance.oneIn(3)) {
      gates.add(new ApprovalsGate(1, Optional.empty()));
    }
    if (chance.oneIn(4)) {
      gates.add(new MinIntervalGate(MIN_INTERVAL));
    }
    var prod =
        environment(
            PROD,
            fromStage ? STAGE : LATEST,
            chance.oneIn(8) ? PromotionMode.MANUAL : PromotionMode.AUTO,
            gates,
            chance);
    return new DesiredState(
        PROJECT,
        "Storage service",
        Optional.empty(),
        new ReleasePolicy(LATEST, QUIET, MAX_WAIT, new TreeSet<>()),
        List.of(stage, prod));
  }

  private static DesiredEnvironment environment(
      EnvironmentId id, Source from, PromotionMode mode, List<Gate> gates, SeededRandom chance) {
    return new DesiredEnvironment(
        id,
        id.value(),
        Optional.of(new PromotionPolicy(from, mode, gates)),
        chance.oneIn(2) ? DriftPolicy.REPAIR : DriftPolicy.REPORT);
  }
}
