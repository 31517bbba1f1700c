package dev.onward.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.Requester;
import dev.onward.testing.StoppedTime;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DenialAuditRateLimitTest {
  private final StoppedTime time = new StoppedTime();
  private final DenialAuditRateLimit shares = new DenialAuditRateLimit(time);

  @Test
  void whoeverNobodyKnowsGetsAFewAMinuteOnRecordAllTogether() {
    assertThat(taken(Optional.empty(), 100)).isEqualTo(DenialAuditRateLimit.OF_UNKNOWN);
    time.pass(Duration.ofMinutes(1));
    assertThat(taken(Optional.empty(), 100)).isEqualTo(DenialAuditRateLimit.OF_UNKNOWN);
  }

  @Test
  void nobodyCrowdsAnotherOutOfTheRecord() {
    assertThat(taken(Optional.empty(), 1_000)).isEqualTo(DenialAuditRateLimit.OF_UNKNOWN);
    assertThat(taken(named("mallory"), 1_000)).isEqualTo(DenialAuditRateLimit.OF_ONE);
    assertThat(taken(named("alice"), 10)).isEqualTo(10);
    assertThat(taken(named("mallory"), 10)).isZero();
    time.pass(Duration.ofMinutes(1));
    assertThat(taken(named("mallory"), 100)).isEqualTo(DenialAuditRateLimit.OF_ONE);
  }

  @Test
  void whoeverTakesManyNamesGetsNoMoreThanAllTogether() {
    long all =
        IntStream.range(0, 5 * DenialAuditRateLimit.REMEMBERED)
            .mapToLong(number -> taken(named("name" + number), 1))
            .sum();
    assertThat(all).isEqualTo(DenialAuditRateLimit.OF_ALL);
  }

  private long taken(Optional<Requester> who, int refusals) {
    return IntStream.range(0, refusals).filter(i -> shares.take(who)).count();
  }

  private static Optional<Requester> named(String name) {
    return Optional.of(new Requester(name, name));
  }
}
