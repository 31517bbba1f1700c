package dev.onward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.plan.LabelExplanation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of parameters that are not, or no longer, what a release is cut from. */
class MalformedListingsTest {
  private static final String LATEST = "/storage/images/latest/";
  private static final String STAGE = "/storage/images/stage/";

  private final TestProjects estate = new TestProjects();
  private final TestProjects.Replica replica = estate.replica();

  @BeforeEach
  void twoServicesAreInStage() {
    estate.publish("bags", "1").publish("ingests", "1");
    estate.clock.advance(Duration.ofMinutes(1));
    replica.cycle();
    assertThat(estate.stage("ingests")).endsWith(":1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"StringList", "SecureString"})
  void fault22AParameterOfAnotherTypeIsRefusedWhateverItsValue(String type) {
    estate.parameters.write(LATEST + "bags", type, "example.com/ns/bags:2", "build");
    LabelExplanation label = settled();

    assertThat(label.state()).isEqualTo(LabelExplanation.State.REFUSED);
    assertThat(label.reasons()).singleElement().asString().contains(LATEST + "bags", type);
    assertThat(estate.releases.all()).hasSize(1);
    assertThat(estate.stage("bags")).endsWith(":1");
  }

  @Test
  void fault23AServiceThatVanishesIsMissedOnceTwoListingsAgreeAndItsParameterStays() {
    estate.parameters.delete(LATEST + "ingests");
    assertThat(settled().state()).isEqualTo(LabelExplanation.State.WAITING);
    assertThat(estate.releases.all()).as("one listing is not enough").hasSize(1);

    settled();
    Release without = estate.releases.all().getLast();
    assertThat(estate.releases.all()).hasSize(2);
    assertThat(without.images().image(new ServiceId("ingests"))).isEmpty();
    assertThat(without.description()).contains("ingests removed");
    assertThat(without.deployments()).hasSize(2);
    assertThat(estate.stage("ingests")).as("nothing is ever deleted").endsWith(":1");
  }

  @Test
  void fault23AServiceThatVanishesForOneListingIsNotMissed() {
    estate.parameters.delete(LATEST + "ingests");
    settled();
    estate.publish("ingests", "1");
    settled();
    settled();
    assertThat(estate.releases.all()).hasSize(1);
  }

  @Test
  void fault27WhatChangesWhileItIsListedWaitsUntilItIsSettled() {
    estate.publish("bags", "2");
    estate.clock.advance(Duration.ofMinutes(1));
    var publishes = new AtomicBoolean(true);
    estate.hook(
        new CallHook() {
          @Override
          public void before(String call) {
            // On a page that is still to come: this listing has the old of one and the new of the
            // other.
            if (call.equals("list") && publishes.getAndSet(false)) {
              estate.publish("ingests", "2");
            }
          }
        });
    replica.cycle();
    assertThat(estate.releases.all()).as("the set has only just come together").hasSize(1);

    estate.clock.advance(Duration.ofSeconds(29));
    replica.cycle();
    assertThat(estate.releases.all()).hasSize(1);
    estate.clock.advance(Duration.ofSeconds(1));
    replica.cycle();
    assertThat(estate.releases.all()).hasSize(2);
    assertThat(images().image(new ServiceId("ingests")))
        .map(Object::toString)
        .hasValueSatisfying(image -> assertThat(image).endsWith(":2"));
  }

  @Test
  void fault28AParameterWithMoreSegmentsIsReportedAndNeverTakenForAService() {
    estate.parameters.write(LATEST + "nested/bags", "example.com/ns/bags:evil");
    estate.parameters.write(LATEST + "bags/more", "example.com/ns/more:evil");
    estate.parameters.write("/storage/images/loose", "example.com/ns/loose:evil");
    estate.parameters.write(STAGE + "nested/bags", "example.com/ns/bags:evil");
    estate.clock.advance(Duration.ofHours(1));
    CycleReport report = replica.cycle();

    assertThat(report.observed().orElseThrow().unrecognized())
        .containsExactly(
            LATEST + "bags/more",
            LATEST + "nested/bags",
            "/storage/images/loose",
            STAGE + "nested/bags");
    assertThat(report.plan().orElseThrow().isEmpty()).isTrue();
    assertThat(images()).isEqualTo(estate.releases.all().getFirst().images());
    assertThat(estate.stage("bags")).endsWith(":1");
  }

  private ImageSet images() {
    return estate.releases.all().getLast().images();
  }

  /** As it is explained after a cycle, long after the last change. */
  private LabelExplanation settled() {
    estate.clock.advance(Duration.ofMinutes(1));
    return Optional.ofNullable(
            replica.cycle().plan().orElseThrow().labels().get(new Label("latest")))
        .orElseThrow();
  }
}
