package dev.onward.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.policy.Verdict;
import org.junit.jupiter.api.Test;

class SourceConvergedGateTest {
  private final SourceConvergedGate gate = new SourceConvergedGate();

  @Test
  void passesWhenTheSourcesParametersAreTheReleases() {
    assertThat(new Judged().by(gate)).isEqualTo(Verdict.passed("source_converged", "stage has it"));
  }

  @Test
  void holdsWhileTheyAreBeingWritten() {
    var judged = new Judged();
    judged.converged = false;

    assertThat(judged.by(gate))
        .isEqualTo(
            Verdict.held("source_converged", "the parameters of stage are still being written"));
  }
}
