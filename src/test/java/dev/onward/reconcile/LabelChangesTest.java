package dev.onward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.Label;
import dev.onward.model.Release;
import dev.onward.plan.ObservedLabel;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Since when changes have been going on under a label. */
class LabelChangesTest {
  private static final Label LATEST = new Label("latest");

  private final Estate estate = new Estate();
  private final ProjectMemory memory =
      new ProjectMemory(Estate.CONFIG, () -> estate.clock.nanoTime());

  @Test
  void whatWasPublishedDuringASlowListingHasItsOwnDate() {
    released("1");
    estate.publish("bags", "2");
    look(estate.clock.instant());
    estate.clock.advance(Duration.ofMinutes(11));
    Instant began = estate.clock.instant();
    estate.clock.advance(Duration.ofSeconds(33));
    estate.publish("bags", "3");
    Instant published = estate.clock.instant();

    assertThat(look(began).changingSince()).as("after a pause").contains(published);
  }

  @Test
  void whatThisProcessWatchedBeganNoEarlierThanTheNewestRelease() {
    released("1");
    estate.publish("bags", "2");
    look(estate.clock.instant());
    released("2");
    estate.clock.advance(Duration.ofMinutes(11));
    estate.publish("bags", "3");
    estate.parameters.withoutHistory();

    assertThat(look(estate.clock.instant()).changingSince()).contains(estate.clock.instant());
  }

  private void released(String tag) {
    estate.publish("bags", tag);
    estate.clock.advance(Duration.ofMinutes(1));
    estate.replica().cycle();
  }

  /** By a listing that began then and is complete now. */
  private ObservedLabel look(Instant began) {
    Release newest = estate.releases.all().getLast();
    var changes =
        new LabelChanges(
            Estate.DESIRED,
            estate.parameters,
            memory,
            began,
            Duration.between(began, estate.clock.instant()));
    var project = Estate.DESIRED.project();
    return changes.observe(
        LATEST,
        ImageListing.of(project, estate.parameters.list(project).parameters()).at(LATEST),
        Optional.ofNullable(estate.releases.state().labels().get(LATEST)),
        Map.of(newest.id(), newest));
  }
}
