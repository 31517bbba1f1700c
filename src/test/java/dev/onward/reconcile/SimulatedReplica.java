package dev.onward.reconcile;

import dev.onward.OnwardConfig;
import dev.onward.model.Intervention;
import dev.onward.model.OperatorWord;
import dev.onward.plan.DesiredState;
import dev.onward.plan.Wish;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** What one process of Onward has in its memory, for the simulation to run as it likes. */
public final class SimulatedReplica {
  private static final Duration ANY_DATE = Duration.ofDays(1_000 * 365);

  private final Reconciler reconciler;
  private final Everywhere everywhere;
  private final ProjectMemory memory;

  /**
   * @param clock which the stores go by too
   * @param nanoTime one that never jumps
   * @param random in the place of luck
   */
  public SimulatedReplica(
      OnwardConfig config,
      ProjectStores.Provider provider,
      Probes probes,
      StoreClock clock,
      LongSupplier nanoTime,
      RandomGenerator random) {
    everywhere = new Everywhere(provider.daemon(), config.interval().dividedBy(2), nanoTime);
    memory = new ProjectMemory(new RetryDelay(config, () -> random), nanoTime);
    reconciler =
        new Reconciler(
            config,
            provider,
            new Enquiries(probes, config.interval()),
            everywhere,
            clock,
            nanoTime,
            () -> false);
  }

  /** One that believes whatever an answer is dated, once it has believed one. */
  public static StoreClock credulousClock(InstantSource machine, LongSupplier nanoTime) {
    return new StoreClock(machine, nanoTime, ANY_DATE);
  }

  public CycleReport cycle(DesiredState desired) {
    return reconciler.cycle(desired, memory);
  }

  /** Between two cycles, never during one. */
  public WishReport wish(DesiredState desired, Wish wish, Intervention said) {
    return reconciler.wish(desired, memory, wish, said, false);
  }

  /** At any time. */
  public WishReport say(DesiredState desired, Wish word, Intervention said) {
    return reconciler.say(desired, memory, word, said, Optional.empty(), false);
  }

  /** Between two cycles, never during one. */
  public WishReport sayEverywhere(OperatorWord word, Intervention said) {
    return everywhere.say(word, said, false);
  }
}
