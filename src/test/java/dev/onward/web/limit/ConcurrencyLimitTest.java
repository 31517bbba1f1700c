package dev.onward.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
  private final ConcurrencyLimit share = new ConcurrencyLimit(2, 2);
  private final List<String> begun = new ArrayList<>();

  @Test
  void soManyRunAndTheNextWaitTheirTurn() {
    assertThat(enter("a", "b", "c", "d")).containsOnly(true);
    assertThat(begun).containsExactly("a", "b");
    share.leave();
    assertThat(begun).containsExactly("a", "b", "c");
    share.leave();
    assertThat(begun).containsExactly("a", "b", "c", "d");
  }

  @Test
  void whoeverFindsAsManyWaitingIsRefusedAndNeverRun() {
    assertThat(enter("a", "b", "c", "d", "e")).containsExactly(true, true, true, true, false);
    for (int i = 0; i < 4; i++) {
      share.leave();
    }
    assertThat(begun).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aPlaceThatIsLeftIsThereAgain() {
    for (int round = 0; round < 1_000; round++) {
      assertThat(enter("a", "b", "c", "d")).containsOnly(true);
      for (int i = 0; i < 4; i++) {
        share.leave();
      }
    }
    assertThat(begun).hasSize(4_000);
  }

  private List<Boolean> enter(String... names) {
    return List.of(names).stream().map(name -> share.enter(() -> begun.add(name))).toList();
  }
}
