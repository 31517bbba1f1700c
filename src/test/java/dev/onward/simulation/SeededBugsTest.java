package dev.onward.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the checks: each seeded bug is caught within a bounded number of seeds. */
class SeededBugsTest {
  /** What needs hundreds of seeds or thousands: only the profile {@code hunt} runs these. */
  private static final Set<SeededBug> RARE =
      EnumSet.of(
          SeededBug.IGNORES_WORDS_SAID_MEANWHILE,
          SeededBug.IGNORES_THE_SOURCE_MEANWHILE,
          SeededBug.NO_CONDITION_ON_WORDS,
          SeededBug.WRITES_THE_DEPLOYMENTS_BACK,
          SeededBug.TAKES_THE_LATER_OF_TWO,
          SeededBug.DOES_NOT_REOPEN_BESIDE_ANOTHER_TYPE);

  private static final long SEEDS = 300;
  private static final long SEEDS_OF_A_HUNT = 100_000;

  @ParameterizedTest
  @MethodSource("frequent")
  void isCaught(SeededBug bug) {
    isCaught(bug, SEEDS);
  }

  static Stream<SeededBug> frequent() {
    return EnumSet.complementOf(EnumSet.copyOf(RARE)).stream();
  }

  @ParameterizedTest
  @MethodSource("rare")
  @Tag("hunt")
  void isCaughtInTheEnd(SeededBug bug) {
    isCaught(bug, SEEDS_OF_A_HUNT);
  }

  static Stream<SeededBug> rare() {
    return RARE.stream();
  }

  private static void isCaught(SeededBug bug, long most) {
    var seeds = new Seeds(bug, 0, most);
    Optional<Seeds.Failed> caught = seeds.run();
    assertThat(caught).as("%s was not caught by %d seeds", bug, seeds.ran()).isPresent();
    System.out.printf(
        "seeded bug %-34s caught by seed %5d: %s%n",
        bug,
        caught.get().seed(),
        Optional.ofNullable(caught.get().how().getMessage())
            .orElse("")
            .lines()
            .findFirst()
            .orElse(""));
    assertThat(caught.get().how()).isInstanceOf(AssertionError.class);
  }
}
