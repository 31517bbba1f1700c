package dev.onward.plan;

import static dev.onward.plan.World.minutes;

import dev.onward.policy.Gate;
import dev.onward.policy.gate.ApprovalsGate;
import dev.onward.policy.gate.DeploymentBudgetGate;
import dev.onward.policy.gate.DriftFreeGate;
import dev.onward.policy.gate.FreezesGate;
import dev.onward.policy.gate.MinAgeGate;
import dev.onward.policy.gate.MinIntervalGate;
import dev.onward.policy.gate.PlannedFreeze;
import dev.onward.policy.gate.SoakGate;
import dev.onward.policy.gate.Window;
import dev.onward.policy.gate.WindowsGate;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/**
 * A random policy, in numbers that a test can check without asking the gates. What is absent is not
 * asked for.
 *
 * @param openFrom the hour of the day, UTC, at which the window opens
 * @param openTo the hour at which it closes; later
 */
record PolicyRules(
    Optional<Duration> soak,
    int approvals,
    Optional<Duration> approvalsExpireAfter,
    Optional<Integer> openFrom,
    int openTo,
    Optional<Instant> frozenFrom,
    Instant frozenTo,
    Optional<Duration> minAge,
    Optional<Duration> minInterval,
    int budget,
    Duration budgetPer,
    boolean driftFree) {

  static PolicyRules random(Random random, boolean fromEnvironment, Instant begin) {
    int opens = random.nextInt(20);
    Instant frozen = begin.plus(minutes(random.nextInt(600)));
    return new PolicyRules(
        fromEnvironment ? maybe(random, minutes(1 + random.nextInt(90))) : Optional.empty(),
        random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0,
        maybe(random, minutes(30 + random.nextInt(120))),
        random.nextInt(3) == 0 ? Optional.of(opens) : Optional.empty(),
        opens + 1 + random.nextInt(24 - opens - 1),
        random.nextInt(3) == 0 ? Optional.of(frozen) : Optional.empty(),
        frozen.plus(minutes(1 + random.nextInt(300))),
        maybe(random, minutes(1 + random.nextInt(60))),
        maybe(random, minutes(1 + random.nextInt(120))),
        random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0,
        minutes(30 + random.nextInt(300)),
        random.nextInt(3) == 0);
  }

  /** The policy's gates, in a random order. */
  Gate[] gates(Random random) {
    var gates = new ArrayList<Gate>();
    soak.ifPresent(time -> gates.add(new SoakGate(time)));
    if (approvals > 0) {
      gates.add(new ApprovalsGate(approvals, approvalsExpireAfter));
    }
    openFrom.ifPresent(hour -> gates.add(window(hour)));
    frozenFrom.ifPresent(from -> gates.add(freeze(from)));
    minAge.ifPresent(age -> gates.add(new MinAgeGate(age)));
    minInterval.ifPresent(interval -> gates.add(new MinIntervalGate(interval)));
    if (budget > 0) {
      gates.add(new DeploymentBudgetGate(budget, budgetPer));
    }
    if (driftFree) {
      gates.add(new DriftFreeGate());
    }
    Collections.shuffle(gates, random);
    return gates.toArray(new Gate[0]);
  }

  private Gate window(int hour) {
    return new WindowsGate(
        List.of(
            new Window(
                new TreeSet<>(Arrays.asList(DayOfWeek.values())),
                LocalTime.of(hour, 0),
                openTo == 24 ? LocalTime.MIDNIGHT : LocalTime.of(openTo, 0),
                ZoneOffset.UTC)));
  }

  private Gate freeze(Instant from) {
    return new FreezesGate(
        List.of(
            new PlannedFreeze(
                from.atZone(ZoneOffset.UTC), frozenTo.atZone(ZoneOffset.UTC), "audit")));
  }

  private static Optional<Duration> maybe(Random random, Duration duration) {
    return random.nextInt(3) == 0 ? Optional.of(duration) : Optional.empty();
  }
}
