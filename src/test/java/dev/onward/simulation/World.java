package dev.onward.simulation;

import static dev.onward.simulation.Fault.INDEX_LAG;
import static dev.onward.simulation.Fault.SHORT_PAGES;
import static dev.onward.simulation.Fault.STALE_READS;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One simulated world: AWS, its weather, the processes, and the time in which all of it happens.
 */
final class World {
  static final Instant BEGINNING = Instant.parse("2026-03-02T10:00:00Z");
  private static final Duration LONGEST_INDEX_LAG = Duration.ofSeconds(20);
  private static final Duration LONGEST_READ_LAG = Duration.ofSeconds(2);

  final Timeline timeline = new Timeline();
  final SeededRandom chance;
  final SeededRandom falseDates;
  final Setting setting;
  final Mutation plant;
  final Trace trace;
  final DynamoModel dynamo;
  final SsmModel ssm;
  final Judge judge;
  final People people;
  final OldTool oldTool;
  final List<ReplicaProcess> processes = new ArrayList<>();
  private Optional<ReplicaProcess> acting = Optional.empty();
  private boolean late;
  private long lastWrite;
  private boolean calm;

  World(long seed, Mutation plant, boolean inWords) {
    chance = new SeededRandom(seed);
    falseDates = new SeededRandom(Long.reverse(seed) ^ 0x5DEECE66DL);
    setting = Setting.drawn(chance, new SeededRandom(~seed));
    this.plant = plant;
    trace = new Trace(timeline::now, inWords);
    NetworkConditions weather = new ChangingWeather();
    dynamo = new DynamoModel(timeline::now, weather);
    ModelAws.createTables(dynamo);
    ssm = new SsmModel(timeline::now, World::instant, weather);
    judge = new Judge(this);
    people = new People(this);
    oldTool = new OldTool(this);
    dynamo.witness(judge);
    ssm.witness(judge.parameters());
  }

  /** The true time, which is AWS's. */
  Instant now() {
    return instant(timeline.now());
  }

  static Instant instant(long nanos) {
    return BEGINNING.plusNanos(nanos);
  }

  static long nanos(Instant time) {
    return Duration.between(BEGINNING, time).toNanos();
  }

  /** When a process last asked AWS to write something. */
  long lastWrite() {
    return lastWrite;
  }

  void writes() {
    lastWrite = timeline.now();
  }

  /** From now on nothing goes wrong; most often one replica that is up is enough for the rest. */
  void calmDown() {
    calm = true;
    processes.forEach(ReplicaProcess::calmDown);
    if (!chance.oneIn(4)) {
      processes.stream().filter(process -> !process.isDead()).skip(1).forEach(ReplicaProcess::stop);
    }
  }

  boolean isCalm() {
    return calm;
  }

  /** Whether a fault comes now. */
  boolean comes(Fault fault) {
    return !calm && chance.permille(setting.rate(fault));
  }

  /** By luck of its own, for otherwise every world with such answers were another one. */
  boolean liesAboutTheDate() {
    return !calm && falseDates.permille(setting.rate(Fault.FALSE_DATE));
  }

  /** Something that a process has AWS do. */
  <T> T doneBy(ReplicaProcess process, boolean afterItGaveUp, Supplier<T> effect) {
    acting = Optional.of(process);
    late = afterItGaveUp;
    try {
      return effect.get();
    } finally {
      acting = Optional.empty();
    }
  }

  /** Whose request is being carried out; absent for builds, people's own edits and the old tool. */
  Optional<ReplicaProcess> acting() {
    return acting;
  }

  /** Whether it is one that its process gave up before. */
  boolean isLate() {
    return late;
  }

  /** Starts a replica's process, for the first time or again. */
  void start(int replica, int incarnation, long moment) {
    timeline.start(
        moment,
        () -> {
          var process = new ReplicaProcess(this, replica, incarnation);
          processes.removeIf(before -> before.replica() == replica);
          processes.add(process);
          process.live();
        });
  }

  private final class ChangingWeather implements NetworkConditions {
    @Override
    public long indexLag() {
      return !calm && setting.knows(INDEX_LAG)
          ? chance.between(Duration.ZERO, LONGEST_INDEX_LAG)
          : chance.millis(0, 100);
    }

    @Override
    public long readLag() {
      return !calm && setting.knows(STALE_READS) && chance.oneIn(4)
          ? chance.between(Duration.ZERO, LONGEST_READ_LAG)
          : 0;
    }

    @Override
    public boolean listsTwice() {
      return comes(Fault.LISTED_TWICE);
    }

    @Override
    public int page(int most) {
      return !calm && setting.knows(SHORT_PAGES) && chance.oneIn(3)
          ? chance.below(Math.min(most, 4) + 1)
          : most;
    }
  }
}
