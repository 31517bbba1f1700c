package dev.onward.plan.command;

import static dev.onward.plan.World.LATEST;
import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.Release;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.World;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.gate.SoakGate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PublicationForecastTest {
  private final World world = World.automatic();

  PublicationForecastTest() {
    world.released("bags", "1");
    world.after(minutes(5)).step();
  }

  @Test
  void anImageBecomesAReleaseOnceItHasSettledAndGoesAsFarAsThePoliciesLetIt() {
    var forecast = ofPublishing("2").orElseThrow();
    assertThat(forecast.summary()).isEqualTo("in about 30 s a release, then stage, then prod");
    assertThat(forecast.next().deployments())
        .extracting(Preview.Step::environment)
        .containsExactly(STAGE, PROD);
  }

  @Test
  void whatIsForecastIsWhatHappens() {
    Release forecast = ofPublishing("2").orElseThrow().next().deployments().getFirst().to();
    world.publish("bags", "2").after(Duration.ofSeconds(30)).step();
    assertThat(world.current(STAGE)).contains(forecast.id());
    assertThat(world.current(PROD)).contains(forecast.id());
  }

  @Test
  void whereAGateHoldsItTheForecastEndsAndSaysWhy() {
    world.gates(PROD, new SoakGate(Duration.ofHours(1)));
    var forecast = ofPublishing("2").orElseThrow();
    assertThat(forecast.summary()).isEqualTo("in about 30 s a release, then stage");
    assertThat(forecast.next().after().environments().get(PROD).summary()).contains("soak");
  }

  @Test
  void whereAPersonDeploysTheReleaseIsAllThatFollows() {
    world.mode(STAGE, PromotionMode.MANUAL);
    var forecast = ofPublishing("2").orElseThrow();
    assertThat(forecast.summary()).isEqualTo("in about 30 s a release");
    assertThat(forecast.next().deployments()).isEmpty();
  }

  @Test
  void withoutAQuietPeriodTheReleaseIsCutAtOnce() {
    world.releasePolicy(Duration.ZERO, minutes(10));
    assertThat(ofPublishing("2").orElseThrow().summary())
        .isEqualTo("at once a release, then stage, then prod");
  }

  @Test
  void aChangeThatWouldFollowAnywayIsPartOfTheRelease() {
    world.publish("mets", "1").after(Duration.ofSeconds(10));
    var forecast = ofPublishing("2").orElseThrow();
    assertThat(forecast.summary()).isEqualTo("in about 30 s a release, then stage, then prod");
    assertThat(forecast.next().deployments().getFirst().to().images().images())
        .containsKeys(new ServiceId("bags"), new ServiceId("mets"));
  }

  @Test
  void whatKeepsARefusedLabelFromAReleaseIsSaid() {
    world.put(LATEST, "mets", new ObservedParameter.Value.NotAnImage("oops"));
    assertThat(ofPublishing("2").orElseThrow().summary())
        .startsWith("no release: ")
        .contains("oops");
  }

  @Test
  void aStopIsSaid() {
    world.person("Alice").stopsTheProject();
    assertThat(ofPublishing("2").orElseThrow().summary())
        .startsWith("no release: stopped by Alice");
  }

  @Test
  void aServiceThatIsWaitedForIsSaid() {
    world.releasePolicy(Duration.ofSeconds(30), minutes(10), "bags", "mets");
    assertThat(ofPublishing("2").orElseThrow().summary())
        .isEqualTo("no release: waiting for mets to be published");
  }

  @Test
  void whatIsThereAlreadyHasNoForecast() {
    assertThat(ofPublishing("1")).isEmpty();
  }

  @Test
  void aLabelThatNothingTakesFromMakesNoRelease() {
    var forecast = ofPublishing(new Label("old"), "2").orElseThrow();
    assertThat(forecast.summary()).isEqualTo("no release: the manifest cuts none from 'old'");
    assertThat(forecast.next().deployments()).isEmpty();
  }

  private Optional<PublicationForecast> ofPublishing(String tag) {
    return ofPublishing(LATEST, tag);
  }

  private Optional<PublicationForecast> ofPublishing(Label label, String tag) {
    var images =
        new TreeMap<ServiceId, ImageRef>(Map.of(new ServiceId("bags"), World.image("bags", tag)));
    return PublicationForecast.of(
        (state, at) -> World.PLANNER.plan(world.desired(), state, at),
        world.desired(),
        world.observe(),
        label,
        images,
        world.clock());
  }
}
