package dev.onward.plan;

import static dev.onward.plan.World.LATEST;
import static dev.onward.plan.World.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.ServiceId;
import dev.onward.model.release.Release;
import dev.onward.plan.LabelExplanation.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CuttingTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final World world = new World();

  @Test
  void aLabelWithoutParametersMakesNoEmptyRelease() {
    assertThat(world.plan().isEmpty()).isTrue();
    assertThat(label().state()).isEqualTo(State.EMPTY);
  }

  @Test
  void aChangedSetIsCutOnceItHasBeenStillForTheQuietPeriod() {
    world.publish("bags", "1").after(Duration.ofSeconds(29));
    assertThat(world.plan().isEmpty()).isTrue();
    assertThat(label().state()).isEqualTo(State.SETTLING);
    assertThat(label().nextEvaluation()).contains(world.now.plusSeconds(1));

    world.after(Duration.ofSeconds(1)).step();

    assertThat(world.newest().images().image(new ServiceId("bags"))).contains(image("bags", "1"));
    assertThat(label().state()).isEqualTo(State.RELEASED);
  }

  @Test
  void aReleaseWhoseImagesAreNamedByATagThatMovesSaysWhichOnesAndIsCutAllTheSame() {
    world.publish("bags", "latest").publish("mets", "0123abc").after(Duration.ofSeconds(30)).step();
    world.plan();

    assertThat(label().state()).isEqualTo(State.RELEASED);
    assertThat(label().reasons())
        .contains(
            "the image of bags is identified only by a moving tag such as latest: a release does not"
                + " freeze the image behind it");

    world.publish("bags", "1").after(Duration.ofSeconds(30)).step();
    world.plan();
    assertThat(label().reasons()).noneMatch(reason -> reason.contains("a moving tag"));
  }

  @Test
  void aBurstOfPublicationsBecomesOneRelease() {
    for (int i = 0; i < 10; i++) {
      world.publish("service" + i, "1").after(Duration.ofSeconds(5)).step();
    }
    world.after(Duration.ofSeconds(30)).step();
    assertThat(world.newest().images().images()).hasSize(10);
    assertThat(world.newest().manifest().previous()).isEmpty();
  }

  @Test
  void aLabelThatNeverComesToRestIsCutAfterTheMaximumWait() {
    world.releasePolicy(Duration.ofSeconds(30), Duration.ofMinutes(10));
    world.changingSince(world.now);
    for (int i = 0; i < 60; i++) {
      world.publish("bags", "v" + i).after(Duration.ofSeconds(10));
      if (i < 59) {
        assertThat(world.plan().isEmpty()).as("after %d changes", i + 1).isTrue();
      }
    }
    assertThat(world.plan().actions()).hasSize(1);
  }

  @Test
  void aClockAheadOfAwssDoesNotCutTheQuietPeriodShort() {
    world.clockOff(HOUR).publish("bags", "1").after(Duration.ofSeconds(29));
    assertThat(world.plan().isEmpty()).isTrue();
    assertThat(label().nextEvaluation()).contains(world.now.plusSeconds(1));
    assertThat(world.after(Duration.ofSeconds(1)).plan().actions()).hasSize(1);
  }

  @Test
  void aClockBehindAwssWaitsNoLongerEvenAcrossARestart() {
    world.clockOff(HOUR.negated()).publish("bags", "1").after(Duration.ofSeconds(29));
    assertThat(world.watched(Duration.ZERO).plan().isEmpty()).isTrue();
    world.after(Duration.ofSeconds(1));
    assertThat(world.watched(Duration.ZERO).plan().actions()).hasSize(1);
  }

  @Test
  void aClockAheadOfAwssDoesNotCutTheMaximumWaitShort() {
    world.releasePolicy(Duration.ofSeconds(30), Duration.ofMinutes(10));
    world.clockOff(HOUR).changingSince(world.now).after(Duration.ofSeconds(599));
    assertThat(world.publish("bags", "1").plan().isEmpty()).isTrue();
    world.after(Duration.ofSeconds(1));
    assertThat(world.publish("bags", "2").plan().actions()).hasSize(1);
  }

  @Test
  void withoutTheStoresTimeAClockBehindAwssWaitsAtMostOnceLonger() {
    world.withoutTheStoresTime().clockOff(HOUR.negated()).publish("bags", "1");
    world.after(Duration.ofSeconds(29)).watched(Duration.ZERO);
    assertThat(world.after(Duration.ofSeconds(29)).plan().isEmpty()).isTrue();
    assertThat(world.after(Duration.ofSeconds(1)).plan().actions()).hasSize(1);
  }

  @Test
  void withoutTheStoresTimeAClockThatGoesBackWaitsAtMostOnceLonger() {
    world.withoutTheStoresTime().publish("bags", "1").after(Duration.ofSeconds(29));
    world.clockOff(HOUR.negated());
    assertThat(world.plan().isEmpty()).isTrue();
    assertThat(world.after(Duration.ofSeconds(1)).plan().actions()).hasSize(1);
  }

  /** The dates are all that a process knows that has just started. It is early, and no worse. */
  @Test
  void withoutTheStoresTimeAClockAheadOfAwssCutsEarlyButOnlyOnce() {
    world.withoutTheStoresTime().clockOff(HOUR).publish("bags", "1");
    assertThat(world.step().actions()).hasSize(1);
    assertThat(world.after(HOUR).plan().isEmpty()).isTrue();
  }

  @Test
  void thatTheStoresTimeHasNoFractionsDelaysACutByLessThanASecond() {
    world.after(Duration.ofMillis(100)).publish("bags", "1");
    world.after(Duration.ofSeconds(30)).watched(Duration.ZERO);
    assertThat(world.plan().isEmpty()).isTrue();
    world.after(Duration.ofMillis(900)).watched(Duration.ZERO);
    assertThat(world.plan().actions()).hasSize(1);
  }

  @Test
  void thatTheStoresTimeHasNoFractionsDelaysNothingWithAQuietPeriodOfZero() {
    world.releasePolicy(Duration.ZERO, Duration.ofMinutes(1));
    world.after(Duration.ofMillis(900)).publish("bags", "1");
    assertThat(world.plan().actions()).hasSize(1);
  }

  @Test
  void aQuietPeriodOfZeroCutsAtOnce() {
    world.releasePolicy(Duration.ZERO, Duration.ofMinutes(1)).publish("bags", "1");
    assertThat(world.plan().actions()).hasSize(1);
  }

  @Test
  void backToAnEarlierSetIsAThirdRelease() {
    Release first = world.released("bags", "a");
    Release second = world.released("bags", "b");
    Release third = world.released("bags", "a");
    assertThat(List.of(first.id(), second.id(), third.id())).doesNotHaveDuplicates();
    assertThat(third.images()).isEqualTo(first.images());
    assertThat(third.manifest().previous()).contains(second.id());
  }

  @Test
  void theSameCutHasTheSameIdWheneverItIsMade() {
    world.publish("bags", "a").after(Duration.ofMinutes(1));
    var one = (Action.CutRelease) world.plan().actions().getFirst();
    var other = (Action.CutRelease) world.after(Duration.ofHours(1)).plan().actions().getFirst();
    assertThat(other.release().id()).isEqualTo(one.release().id());
  }

  @Test
  void aReleaseIsLaterThanItsPredecessorWhateverTheClockSays() {
    Release first = world.released("bags", "a");
    world.now = world.now.minus(Duration.ofHours(1));
    world.publish("bags", "b").watched(Duration.ofMinutes(1)).step();
    assertThat(world.newest().createdAt()).isAfter(first.createdAt());
  }

  @Test
  void oneValueThatIsNoImageRefusesTheWholeSetAndKeepsTheLastRelease() {
    Release before = world.released("bags", "a");
    world.publish("ingests", "1");
    world.put(LATEST, "bags", new ObservedParameter.Value.NotAnImage("oops"));
    world.after(Duration.ofHours(1));
    assertThat(world.plan().isEmpty()).isTrue();
    assertThat(label().state()).isEqualTo(State.REFUSED);
    assertThat(label().reasons())
        .containsExactly(
            "/storage/images/latest/bags is 'oops', which is not an image reference such as"
                + " host/namespace/name:tag");
    assertThat(label().newest()).map(Release::id).contains(before.id());
  }

  @Test
  void aSecureStringIsRefused() {
    world.put(LATEST, "bags", new ObservedParameter.Value.WrongType("SecureString"));
    assertThat(label().state()).isEqualTo(State.REFUSED);
    assertThat(label().reasons().getFirst()).contains("is a SecureString");
  }

  @Test
  void requiredServicesAreWaitedFor() {
    world.releasePolicy(Duration.ofSeconds(30), Duration.ofMinutes(10), "bags", "ingests");
    world.publish("bags", "1").after(Duration.ofHours(1));
    assertThat(world.plan().isEmpty()).isTrue();
    assertThat(label().reasons()).containsExactly("waiting for ingests to be published");
    world.publish("ingests", "1").after(Duration.ofMinutes(1));
    assertThat(world.plan().actions()).hasSize(1);
  }

  @Test
  void aVanishedServiceIsBelievedOnlyWhenASecondListingAgrees() {
    world.publish("ingests", "1");
    world.released("bags", "1");
    world.remove("ingests");
    assertThat(world.plan().isEmpty()).as("right after a start").isTrue();
    world.servicesBefore("bags", "ingests");
    assertThat(world.plan().isEmpty()).as("the listing before still had it").isTrue();
    assertThat(label().state()).isEqualTo(State.WAITING);

    world.servicesBefore("bags").step();

    assertThat(world.newest().images().images()).containsOnlyKeys(new ServiceId("bags"));
    assertThat(world.newest().description()).contains("ingests removed");
  }

  @Test
  void theReleaseSaysWhereEachImageCameFrom() {
    world.publish("bags", "1").publish("bags", "2");
    var publishedAt = world.now;
    Release release = world.released("ingests", "1");
    var origin = release.manifest().services().get(new ServiceId("bags"));
    assertThat(origin).isNotNull();
    assertThat(origin.parameter()).isEqualTo("/storage/images/latest/bags");
    assertThat(origin.version()).isEqualTo(2);
    assertThat(origin.publishedAt()).isEqualTo(publishedAt);
    assertThat(release.manifest().label()).isEqualTo(Optional.of(LATEST));
  }

  private LabelExplanation label() {
    return world.plan().labels().get(LATEST);
  }
}
