package dev.onward.web.http;

import static dev.onward.web.http.StorageProject.STAGE;
import static dev.onward.web.http.StorageProject.current;
import static dev.onward.web.http.StorageProject.get;
import static dev.onward.web.http.StorageProject.list;
import static dev.onward.web.http.StorageProject.post;
import static dev.onward.web.http.StorageProject.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.notNullValue;

import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.testing.LocalAwsResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Whatever is recorded and compared has one clock, also at a replica whose machine is wrong. */
@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
@TestProfile(SlowMachineIT.Slow.class)
class SlowMachineIT {
  private static final Duration OFF = Duration.ofHours(3);

  @Inject SsmClient ssm;

  /** An Onward that lets people act, on a machine whose clock is slow. */
  public static final class Slow extends WritesAllowed {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(Machine.class);
    }
  }

  @Alternative
  @Singleton
  static class Machine {
    @Produces
    @Alternative
    @Singleton
    SkewCorrectedClock clock() {
      return new SkewCorrectedClock(() -> Instant.now().minus(OFF), System::nanoTime);
    }
  }

  @Test
  void aHoldOfTwoHoursAtAReplicaWhoseMachineIsThreeHoursSlowIsInForce() {
    var storage = new StorageProject(ssm);
    String release = storage.release();

    post(STAGE + "/hold", "{'reason': 'fire', 'until': '2h'}", 200)
        .body("interventions.holds.environment", contains("stage"));
    assertThat(moment(STAGE, "hold.at")).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    assertThat(moment(STAGE, "hold.until"))
        .isCloseTo(Instant.now().plus(Duration.ofHours(2)), within(1, ChronoUnit.MINUTES));

    storage.publish();
    await().until(() -> read(STAGE, "candidate.release.id"), notNullValue());
    get(STAGE).body("candidate.verdicts.findAll{!it.passed}.gate", contains("hold"));
    assertThat(current(STAGE)).isEqualTo(release);
    assertThat(list(StorageProject.PROJECT + "/audit", "events.at"))
        .allSatisfy(
            at ->
                assertThat(Instant.parse(at))
                    .isCloseTo(Instant.now(), within(5, ChronoUnit.MINUTES)));
  }

  private static Instant moment(String path, String field) {
    return Instant.parse(get(path).extract().path(field));
  }
}
