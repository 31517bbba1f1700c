package dev.onward.web.board.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.release.EnvironmentHead;
import dev.onward.status.StatusFixture;
import dev.onward.web.board.view.Timeline.Bar;
import dev.onward.web.board.view.Timeline.Lane;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private final StatusFixture storage = StatusFixture.storage().publish("bags", "1");

  @Test
  void eachDeploymentLastsUntilTheNext() {
    Timeline drawn = twoReleases();
    Lane stage = lane(drawn, "stage");
    assertThat(stage.bars()).hasSize(2);
    Bar first = stage.bars().getFirst();
    Bar second = stage.bars().getLast();
    assertThat(first.x() + first.width()).isEqualTo(second.x());
    assertThat(second.x() + second.width()).isLessThanOrEqualTo(drawn.width());
  }

  @Test
  void aReleaseHasTheSameColourEverywhere() {
    Timeline drawn = twoReleases();
    assertThat(lane(drawn, "releases").bars())
        .extracting(Bar::colour)
        .containsExactlyElementsOf(lane(drawn, "stage").bars().stream().map(Bar::colour).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void whatBeganBeforeTheDrawingIsCutOffAtItsEdge() {
    twoReleases();
    storage.after(Duration.ofDays(3));
    Lane stage = lane(Timeline.of(storage.status(), Duration.ofHours(1), storage.now), "stage");
    assertThat(stage.bars()).singleElement().extracting(Bar::x).isEqualTo(128);
  }

  @Test
  void whatTheHeadNoLongerRemembersIsMarkedAndNotLeftBlank() {
    for (int i = 1; i <= EnvironmentHead.HISTORY_LIMIT + 2; i++) {
      storage.after(Duration.ofMinutes(5)).publish("bags", "t" + i).status();
    }
    Lane stage = lane(Timeline.of(storage.status(), Duration.ofHours(6), storage.now), "stage");
    assertThat(stage.bars()).hasSize(EnvironmentHead.HISTORY_LIMIT);
    var unknown = stage.unknown().orElseThrow();
    assertThat(unknown.x() + unknown.width()).isEqualTo(stage.bars().getFirst().x());
    assertThat(unknown.says()).contains("only the last 30");
  }

  @Test
  void beforeTheFirstDeploymentThatThereWasNothingIsDrawn() {
    assertThat(lane(twoReleases(), "stage").unknown()).isEmpty();
  }

  private Timeline twoReleases() {
    storage.status();
    storage.after(Duration.ofMinutes(20)).publish("bags", "2").status();
    storage.after(Duration.ofMinutes(20));
    return Timeline.of(storage.status(), Duration.ofHours(1), storage.now);
  }

  private static Lane lane(Timeline drawn, String name) {
    return drawn.lanes().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }
}
