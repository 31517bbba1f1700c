package dev.onward.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.policy.Verdict;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random windows, often on nights in which clocks change. A failure names its seed; {@code
 * -Dtest.seed=…} replays that one alone.
 */
class RandomWindowsTest {
  private static final int ROUNDS = 5_000;
  private static final int WEEK = 7 * 24 * 60 * 60;
  private static final Instant START_OF_2020 = Instant.parse("2020-01-01T00:00:00Z");

  private static final List<ZoneId> ZONES =
      List.of(
              "UTC",
              "Europe/London",
              "America/New_York",
              "Asia/Kolkata",
              "Africa/Cairo",
              "Australia/Lord_Howe",
              "Pacific/Chatham",
              "America/St_Johns")
          .stream()
          .map(ZoneId::of)
          .toList();

  @Test
  void aHeldCandidateIsHeldUntilTheMomentToLookAgainAndPassesThen() {
    replayable(
        random -> {
          WindowsGate gate = gate(random);
          Instant now = moment(random, gate);
          if (!(judge(gate, now) instanceof Verdict.Held held)) {
            return;
          }
          Instant again = held.nextEvaluation().orElseThrow();

          assertThat(again).isAfter(now);
          assertThat(judge(gate, again).passed()).as("%s at %s", gate, again).isTrue();
          assertThat(judge(gate, again.minusSeconds(1)).passed())
              .as("%s a second before %s", gate, again)
              .isFalse();
          Instant between =
              now.plusSeconds(random.nextLong(again.getEpochSecond() - now.getEpochSecond()));
          assertThat(judge(gate, between))
              .as("%s at %s", gate, between)
              .isInstanceOf(Verdict.Held.class);
        });
  }

  /** The opposite way round: from what wall clocks show, on days when nothing changes. */
  @Test
  void onOrdinaryDaysAWindowIsOpenExactlyWhileTheWallClockIsWithin() {
    replayable(
        random -> {
          Window window = window(random);
          Instant now = moment(random, new WindowsGate(List.of(window)));
          if (changesNear(window.zone(), now)) {
            return;
          }
          var local = now.atZone(window.zone());
          LocalTime time = local.toLocalTime();
          boolean today = window.days().contains(local.getDayOfWeek());
          boolean yesterday = window.days().contains(local.getDayOfWeek().minus(1));
          boolean open =
              window.to().isAfter(window.from())
                  ? today && !time.isBefore(window.from()) && time.isBefore(window.to())
                  : (today && !time.isBefore(window.from()))
                      || (yesterday && time.isBefore(window.to()));

          assertThat(window.openUntil(now).isPresent()).as("%s at %s", window, now).isEqualTo(open);
        });
  }

  private interface Round {
    void play(Random random);
  }

  private static void replayable(Round round) {
    Optional<Long> replay = Optional.ofNullable(Long.getLong("test.seed"));
    long first = replay.orElseGet(System::nanoTime);
    for (long seed = first; seed < first + (replay.isPresent() ? 1 : ROUNDS); seed++) {
      try {
        round.play(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("replay with -Dtest.seed=" + seed, e);
      }
    }
  }

  private static Verdict judge(WindowsGate gate, Instant now) {
    var judged = new Judged();
    judged.now = now;
    return judged.by(gate);
  }

  private static WindowsGate gate(Random random) {
    return new WindowsGate(
        IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(i -> window(random)).toList());
  }

  private static Window window(Random random) {
    var days = new TreeSet<DayOfWeek>();
    days.add(random.nextInt(3) == 0 ? DayOfWeek.SUNDAY : day(random));
    while (random.nextBoolean()) {
      days.add(day(random));
    }
    LocalTime from = time(random);
    LocalTime to = random.nextInt(6) == 0 ? from : time(random);
    return new Window(days, from, to, ZONES.get(random.nextInt(ZONES.size())));
  }

  private static DayOfWeek day(Random random) {
    return DayOfWeek.of(random.nextInt(1, 8));
  }

  /** Mostly in the small hours, when clocks change. */
  private static LocalTime time(Random random) {
    int hour = random.nextBoolean() ? random.nextInt(4) : random.nextInt(24);
    return LocalTime.of(hour, random.nextInt(4) * 15);
  }

  /** Within a week of a change of the first window's clock, every other time within a day. */
  private static Instant moment(Random random, WindowsGate gate) {
    Instant some = START_OF_2020.plusSeconds(random.nextLong(10L * 365 * 24 * 60 * 60));
    ZoneId zone = gate.windows().getFirst().zone();
    ZoneOffsetTransition change = zone.getRules().nextTransition(some);
    if (change == null) {
      return some;
    }
    int reach = random.nextBoolean() ? WEEK : WEEK / 7;
    return change.getInstant().plusSeconds(random.nextInt(-reach, reach + 1));
  }

  private static boolean changesNear(ZoneId zone, Instant now) {
    ZoneOffsetTransition next = zone.getRules().nextTransition(now.minusSeconds(WEEK / 3));
    return next != null && next.getInstant().isBefore(now.plusSeconds(WEEK / 3));
  }
}
