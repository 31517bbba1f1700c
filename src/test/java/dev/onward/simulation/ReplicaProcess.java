package dev.onward.simulation;

import dev.onward.aws.dynamodb.state.ModelStores;
import dev.onward.model.ProjectId;
import dev.onward.model.RoleArn;
import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.command.InterventionUpdate;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.observe.SimulatedReplica;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.store.Failure;
import dev.onward.store.GlobalStore;
import dev.onward.store.ProjectState;
import dev.onward.store.ProjectStores;
import dev.onward.store.VerificationProbe;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** One process of Onward, from its start to its death. A replica that comes back is another one. */
final class ReplicaProcess {
  private static final Duration INTERVAL = Setting.CONFIG.interval();

  /** When nothing happens, looking less often finds out the same. */
  private static final Duration CALM_INTERVAL = Duration.ofSeconds(25);

  private final World world;
  private final int replica;
  private final int incarnation;
  private final SimulatedReplica onward;
  private boolean dead;
  private boolean busy;
  private long skew;
  private long cutOffUntil = Long.MIN_VALUE;
  private long listingBegan;
  private long trueListingBegan;
  private boolean liedTo;
  private boolean listsAgain;
  private long failures;
  private long cycles;
  private final WordsHeard ofEverything = new WordsHeard();
  private final WordsHeard ofTheProject = new WordsHeard();
  private boolean turnWithoutWords;
  private Optional<Failure> failure = Optional.empty();

  private enum What {
    STARTS,
    DIES,
    PAUSES,
    CYCLE
  }

  ReplicaProcess(World world, int replica, int incarnation) {
    this.world = world;
    this.replica = replica;
    this.incarnation = incarnation;
    SeededRandom chance = world.chance;
    if (!world.isCalm() && world.setting.knows(Fault.SKEW)) {
      skew = chance.oneIn(2) ? chance.seconds(-3600, 3600) : chance.seconds(-5, 5);
    }
    var wire = new FaultyWire(world, this);
    SkewCorrectedClock storeClock = world.plant.clock(this::clock, world.timeline::now);
    var stores =
        new ModelStores(
            world.plant.ssm(this, new SsmModelClient(world.ssm, wire)),
            world.plant.dynamo(this, new DynamoModelClient(world.dynamo, wire)),
            storeClock,
            world.plant.checksAnswers());
    onward =
        new SimulatedReplica(
            Setting.CONFIG,
            new Stores(stores),
            verification -> new VerificationProbe.Result(true, "fine"),
            storeClock,
            world.timeline::now,
            chance.generator());
    world.trace.line(
        name(), What.STARTS, () -> "starts, its clock off by " + Duration.ofNanos(skew));
  }

  /** Notes what this process reads of what is said of the project. */
  private ProjectStores heard(ProjectStores real) {
    var releases =
        new BuggyReleases(real.releases()) {
          @Override
          public ProjectState state() {
            var state = new AtomicReference<ProjectState>();
            ofTheProject.hear(
                () -> {
                  state.set(super.state());
                  return state.get().interventions();
                });
            return state.get();
          }

          @Override
          public WriteOutcome updateInterventions(InterventionUpdate update) {
            WriteOutcome outcome = super.updateInterventions(update);
            ofTheProject.said(outcome, update.to());
            return outcome;
          }
        };
    return new ProjectStores(
        real.parameters(), releases, real.calendars(), real.audit(), real.requests());
  }

  /** Whether what operators have said was missing before this turn began, and is since. */
  boolean decidesWithoutWords() {
    return busy && turnWithoutWords && missesWords();
  }

  private boolean missesWords() {
    return ofEverything.areMissing() || ofTheProject.areMissing();
  }

  /** What kept its last cycle from being one. */
  Optional<Failure> failure() {
    return failure;
  }

  private final class Stores implements ProjectStores.Provider {
    private final ProjectStores stores;
    private final GlobalStore daemon;

    Stores(ModelStores all) {
      stores = world.plant.stores(ReplicaProcess.this, heard(all.of(Setting.PROJECT)));
      daemon = world.plant.daemon(ReplicaProcess.this, new Heard(all.daemon()));
    }

    @Override
    public ProjectStores open(ProjectId project, Optional<RoleArn> role) {
      return stores;
    }

    @Override
    public GlobalStore daemon() {
      return daemon;
    }
  }

  /** Notes what this process knows to be said of everything. */
  private final class Heard implements GlobalStore {
    private final GlobalStore real;

    Heard(GlobalStore real) {
      this.real = real;
    }

    @Override
    public InterventionState interventions() {
      return ofEverything.hear(real::interventions);
    }

    @Override
    public WriteOutcome updateInterventions(InterventionUpdate update) {
      WriteOutcome outcome = real.updateInterventions(update);
      ofEverything.said(outcome, update.to());
      return outcome;
    }

    @Override
    public dev.onward.store.AuditTrail audit() {
      return real.audit();
    }

    @Override
    public dev.onward.store.IdempotencyStore requests() {
      return real.requests();
    }
  }

  String name() {
    return "replica%d.%d".formatted(replica, incarnation);
  }

  boolean isRestarted() {
    return incarnation > 1;
  }

  int replica() {
    return replica;
  }

  /** One cycle after another, until it dies. */
  void live() {
    try {
      while (true) {
        inTurn(this::cycle);
        Duration interval = world.isCalm() ? CALM_INTERVAL : INTERVAL;
        world.timeline.sleep(interval.toNanos() + world.chance.millis(-2000, 2000));
      }
    } catch (Crash e) {
      // It is gone; the next one is on its way.
    }
  }

  private CycleReport cycle(SimulatedReplica it) {
    cycles++;
    CycleReport report = unbroken(() -> it.cycle(world.setting.desired()));
    failure = report.failure();
    world.trace.line(
        name(),
        What.CYCLE,
        () ->
            "== cycle: %s%s"
                .formatted(
                    report.outcome(), report.failure().map(f -> " " + f.message()).orElse("")));
    world.judge.parameters().cycleEnded(this);
    return report;
  }

  /** Whatever AWS does, a cycle ends with a report: all else is a bug in Onward. */
  private CycleReport unbroken(Supplier<CycleReport> cycle) {
    try {
      return cycle.get();
    } catch (RuntimeException e) {
      throw new AssertionError("a cycle of %s broke: %s".formatted(name(), e), e);
    }
  }

  /** Has the process do something between two cycles. */
  <T> T inTurn(Function<SimulatedReplica, T> work) {
    while (busy) {
      world.timeline.sleep(Duration.ofMillis(100).toNanos());
      dieIfDead();
    }
    busy = true;
    turnWithoutWords = missesWords();
    listsAgain = false;
    try {
      return work.apply(onward);
    } finally {
      busy = false;
    }
  }

  /** Has the process do something while it does other things. */
  <T> T aside(Function<SimulatedReplica, T> work) {
    return work.apply(onward);
  }

  /** Time passes, others act, and the process may pause or die. */
  void step() {
    dieIfDead();
    if (world.comes(Fault.CRASH)) {
      die();
    }
    long latency = world.chance.millis(1, 30);
    if (world.comes(Fault.PAUSE)) {
      long pause = world.chance.seconds(5, 60);
      world.trace.line(name(), What.PAUSES, () -> "pauses for " + Duration.ofNanos(pause));
      latency += pause;
    }
    if (world.comes(Fault.PARTITION)) {
      cutOffUntil = world.timeline.now() + world.chance.seconds(5, 60);
    }
    if (world.comes(Fault.JUMP)) {
      skew = world.chance.seconds(-3600, 3600);
    }
    world.timeline.sleep(latency);
    dieIfDead();
  }

  /**
   * Pauses now and then where parameters that cannot be written come and go: what was read of them
   * before a put is then no longer so after it.
   */
  void stepBeforePut() {
    if (!world.isCalm() && world.setting.knows(Fault.WRONG_TYPE) && world.chance.oneIn(8)) {
      long pause = world.chance.seconds(20, 60);
      world.trace.line(name(), What.PAUSES, () -> "pauses for " + Duration.ofNanos(pause));
      world.timeline.sleep(pause);
      dieIfDead();
    }
  }

  private void dieIfDead() {
    if (dead) {
      throw new Crash();
    }
  }

  /** Whatever it is doing, it does no more, and is not started again. */
  void stop() {
    dead = true;
    world.trace.line(name(), What.DIES, () -> "dies");
  }

  private void die() {
    stop();
    world.start(replica, incarnation + 1, world.timeline.now() + world.chance.seconds(1, 30));
    throw new Crash();
  }

  boolean isDead() {
    return dead;
  }

  boolean isBusy() {
    return busy;
  }

  /** A clock is set right, and a cable plugged in. */
  void calmDown() {
    skew = 0;
    cutOffUntil = Long.MIN_VALUE;
  }

  boolean isCutOff() {
    return world.timeline.now() < cutOffUntil;
  }

  /** A call begins; until it goes out time may pass. */
  void begins(Wire.Call call) {
    if (call.operation() == Wire.Operation.LIST && !call.isContinued()) {
      // A call that is repeated is the same listing to whoever reckons how long it took.
      if (!listsAgain) {
        listingBegan = world.timeline.now();
      }
      listsAgain = false;
      liedTo = false;
    }
  }

  void calls(Wire.Call call) {
    if (call.operation().writes()) {
      world.writes();
    }
  }

  /** What the last listing said of the time was false: no clock is corrected by that. */
  void wasLiedTo() {
    liedTo = true;
  }

  /** A listing has its last page. */
  void listed() {
    if (!liedTo) {
      trueListingBegan = listingBegan;
    }
  }

  void failed(Wire.Call call) {
    failures++;
    listsAgain |= call.operation() == Wire.Operation.LIST;
  }

  /** How many of its calls failed. */
  long failures() {
    return failures;
  }

  long cycles() {
    return cycles;
  }

  /** What this process last heard of what is said of everything. */
  InterventionState globalInterventions() {
    return ofEverything.last();
  }

  /**
   * How wrong the process may be about the time: what well-kept clocks differ by, and for as long
   * as it takes to look, for a clock is corrected by the look itself.
   */
  Duration clockError() {
    return Duration.ofSeconds(4)
        .plusNanos(world.timeline.now() - (liedTo ? trueListingBegan : listingBegan));
  }

  /** This machine's. */
  Instant clock() {
    return World.instant(world.timeline.now() + skew);
  }
}
