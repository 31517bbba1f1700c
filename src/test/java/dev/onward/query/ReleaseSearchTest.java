package dev.onward.query;

import static dev.onward.query.Recorded.PROD;
import static dev.onward.query.Recorded.STAGE;
import static dev.onward.query.Recorded.deployed;
import static dev.onward.query.Recorded.hour;
import static dev.onward.query.Recorded.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.InvalidValueException;
import dev.onward.model.release.Release;
import dev.onward.reconcile.MemoryReleaseStore;
import dev.onward.store.ReleaseStore.ReleasePage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaseSearchTest {
  private static final ReleaseSearch IN_PROD =
      new ReleaseSearch(Optional.of(PROD), Optional.empty());

  private final MemoryReleaseStore store = new MemoryReleaseStore();

  @Test
  void onlyWhatWasEverDeployedThereIsFoundNewestReleaseFirst() {
    store.add(release(1, deployed(PROD, hour(9))));
    store.add(release(2, deployed(STAGE, hour(3))));
    store.add(release(3, deployed(STAGE, hour(4)), deployed(PROD, hour(5))));
    assertThat(ids(IN_PROD.find(store, 10, Optional.empty()).releases()))
        .containsExactly("r00003", "r00001");
  }

  @Test
  void anImageAndAnEnvironmentMustBothFit() {
    store.add(release(1, deployed(PROD, hour(9))));
    store.add(release(2, deployed(PROD, hour(10))));
    var search = new ReleaseSearch(Optional.of(PROD), Optional.of(new ImageQuery("bags:tag1")));
    assertThat(ids(search.find(store, 10, Optional.empty()).releases())).containsExactly("r00001");
  }

  @Test
  void pagesMissNothingAndRepeatNothingThoughReleasesAreCutMeanwhile() {
    for (int i = 0; i < 350; i++) {
      store.add(i % 3 == 0 ? release(i, deployed(PROD, hour(i))) : release(i));
    }
    var found = new ArrayList<String>();
    Optional<String> cursor = Optional.empty();
    int newer = 1000;
    do {
      ReleasePage page = IN_PROD.find(store, 7, cursor);
      assertThat(page.releases().size()).isLessThanOrEqualTo(7);
      found.addAll(ids(page.releases()));
      cursor = page.cursor();
      store.add(release(newer++));
    } while (cursor.isPresent());
    assertThat(found)
        .hasSize(117)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void theWorkOfOneRequestIsBoundedAndTheNextGoesOn() {
    store.add(release(0, deployed(PROD, hour(1))));
    for (int i = 1; i <= 600; i++) {
      store.add(release(i));
    }
    ReleasePage first = IN_PROD.find(store, 10, Optional.empty());
    assertThat(first.releases()).isEmpty();
    assertThat(ids(IN_PROD.find(store, 10, first.cursor()).releases())).containsExactly("r00000");
  }

  @Test
  void aCursorOfSomethingElseIsRefused() {
    for (String cursor : new String[] {"", "%", "bm9uc2Vuc2U", "c2VhcmNo"}) {
      assertThatThrownBy(() -> IN_PROD.find(store, 10, Optional.of(cursor)))
          .isInstanceOf(InvalidValueException.class)
          .hasMessageContaining("cursor");
    }
  }

  private static List<String> ids(List<Release> releases) {
    return releases.stream().map(it -> it.id().value()).toList();
  }
}
