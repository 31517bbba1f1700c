package dev.onward.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The net is tested: each bug that is planted is caught within the seeds that every build runs. */
class SeededBugsTest {
  @ParameterizedTest
  @EnumSource
  void isCaught(SeededBug bug) {
    var seeds = new Seeds(bug, 0, SimulationTest.SEEDS);
    Optional<Seeds.Failed> caught = seeds.run();
    assertThat(caught).as("%s was not caught by %d seeds", bug, seeds.ran()).isPresent();
    System.out.printf(
        "planted bug %-34s caught by seed %5d: %s%n",
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
