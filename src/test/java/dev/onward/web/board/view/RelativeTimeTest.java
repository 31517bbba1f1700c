package dev.onward.web.board.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativeTimeTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T11:59:58Z, just now",
    "2026-11-23T11:59:15Z, 45 s ago",
    "2026-11-23T11:48:30Z, 11 min ago",
    "2026-11-23T10:59:59Z, 1 h ago",
    "2026-11-21T13:00:00Z, 47 h ago",
    "2026-11-20T12:00:00Z, 3 d ago",
    "2026-11-23T12:00:30Z, in 30 s",
    "2026-11-23T12:00:59.5Z, in 1 min",
    "2026-11-23T12:01:30Z, in 2 min",
    "2026-11-23T13:59:59.9Z, in 2 h",
    "2026-11-23T14:10:00Z, in 2 h 10 min",
    "2026-11-25T11:59:59Z, in 2 d",
    "2026-11-25T11:00:00Z, in 1 d 23 h",
    "2023-11-01T00:00:00Z, 3 years ago"
  })
  void whatIsPastIsSaidInTheLargestUnitAndWhatIsLeftIsNeverUnderstated(
      Instant at, String relative) {
    assertThat(RelativeTime.of(at, NOW).relative()).isEqualTo(relative);
  }

  @Test
  void theExactMomentIsAtHand() {
    var moment = RelativeTime.of(Instant.parse("2026-11-20T17:04:05.123456Z"), NOW);
    assertThat(moment.exact()).isEqualTo("Fri 20 Nov 2026, 17:04:05 UTC");
    assertThat(moment.iso()).isEqualTo("2026-11-20T17:04:05.123Z");
  }
}
