package dev.onward.reconcile.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.Label;
import dev.onward.model.release.Release;
import dev.onward.plan.ObservedLabel;
import dev.onward.reconcile.TestProjects;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Since when changes have been going on under a label. */
class LabelObserverTest {
  private static final Label LATEST = new Label("latest");

  private final TestProjects estate = new TestProjects();
  private final ProjectCache memory =
      new ProjectCache(TestProjects.CONFIG, () -> estate.clock.nanoTime());

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

  @Test
  void aPutOfTheSameValueDoesNotRestartTheQuietPeriod() {
    released("1");
    var replica = estate.replica();
    estate.publish("bags", "2");
    Instant published = estate.clock.instant();
    for (int i = 1; i < 6; i++) {
      estate.clock.advance(Duration.ofSeconds(5));
      estate.publish("bags", "2");
      assertThat(replica.cycle().results()).as("after %d s", 5 * i).isEmpty();
    }
    assertThat(look(estate.clock.instant()).changedAt()).contains(published);
    estate.clock.advance(Duration.ofSeconds(6));
    estate.publish("bags", "2");
    replica.cycle();
    assertThat(estate.stage("bags")).as("31 s after it was published").endsWith(":2");
  }

  @Test
  void norDoesItForAProcessThatHasWatchedNothing() {
    released("1");
    estate.publish("bags", "2");
    estate.clock.advance(Duration.ofSeconds(31));
    estate.publish("bags", "2");
    estate.replica().cycle();
    assertThat(estate.stage("bags")).endsWith(":2");
  }

  @Test
  void norWhereNoHistoryCanBeRead() {
    released("1");
    estate.parameters.withoutHistory();
    putTheSame("2");
  }

  @Test
  void norBeforeALabelsFirstRelease() {
    putTheSame("1");
  }

  private void putTheSame(String tag) {
    var replica = estate.replica();
    estate.publish("bags", tag);
    replica.cycle();
    estate.clock.advance(Duration.ofSeconds(29));
    estate.publish("bags", tag);
    replica.cycle();
    assertThat(estate.stage("bags")).as("after 29 s").doesNotEndWith(":" + tag);
    estate.clock.advance(Duration.ofSeconds(2));
    replica.cycle();
    assertThat(estate.stage("bags")).as("after 31 s").endsWith(":" + tag);
  }

  @Test
  void anotherValueInBetweenRestartsIt() {
    released("1");
    estate.publish("bags", "2");
    estate.clock.advance(Duration.ofSeconds(29));
    estate.publish("bags", "3");
    estate.publish("bags", "2");
    Instant published = estate.clock.instant();
    estate.clock.advance(Duration.ofSeconds(29));
    estate.publish("bags", "2");
    assertThat(look(estate.clock.instant()).changedAt()).contains(published);
    estate.replica().cycle();
    assertThat(estate.stage("bags")).endsWith(":1");
  }

  @Test
  void aServiceThatGoesBackToItsReleasedImageRestartsIt() {
    estate.publish("ingests", "1");
    released("1");
    estate.publish("bags", "2");
    estate.publish("ingests", "2");
    estate.clock.advance(Duration.ofSeconds(29));
    estate.publish("ingests", "1");
    Instant wentBack = estate.clock.instant();
    estate.clock.advance(Duration.ofSeconds(29));
    estate.publish("ingests", "1");
    assertThat(look(estate.clock.instant()).changedAt()).contains(wentBack);
    estate.replica().cycle();
    assertThat(estate.stage("bags")).as("29 s after the set changed").endsWith(":1");
    estate.clock.advance(Duration.ofSeconds(2));
    estate.replica().cycle();
    assertThat(estate.stage("bags")).as("31 s after the set changed").endsWith(":2");
  }

  @Test
  void aPutThatAHistoryDoesNotHaveYetRestartsIt() {
    estate.publish("ingests", "1");
    released("1");
    var replica = estate.replica();
    estate.publish("bags", "2");
    replica.cycle();
    estate.clock.advance(Duration.ofSeconds(29));
    estate.publish("ingests", "2");
    estate.publish("ingests", "1");
    estate.parameters.historiesLackTheirLast(1);
    estate.clock.advance(Duration.ofSeconds(2));
    replica.cycle();
    assertThat(estate.stage("bags")).as("2 s after the set changed").endsWith(":1");
    estate.clock.advance(Duration.ofSeconds(31));
    replica.cycle();
    assertThat(estate.stage("bags")).as("33 s after the set changed").endsWith(":2");
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
        new LabelObserver(
            TestProjects.DESIRED,
            estate.parameters,
            memory,
            began,
            Duration.between(began, estate.clock.instant()));
    var project = TestProjects.DESIRED.project();
    return changes.observe(
        LATEST,
        ImageListing.of(project, estate.parameters.list(project).parameters()).at(LATEST),
        Optional.ofNullable(estate.releases.state().labels().get(LATEST)),
        Map.of(newest.id(), newest));
  }
}
