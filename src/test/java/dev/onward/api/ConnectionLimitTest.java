package dev.onward.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {
  private final ConnectionLimit limit = new ConnectionLimit(2);
  private final EmbeddedChannel one = new EmbeddedChannel();
  private final EmbeddedChannel two = new EmbeddedChannel();

  @Test
  void aConnectionThatIsOneTooManyIsClosed() {
    var third = new EmbeddedChannel();
    assertThat(limit.admits(one)).isTrue();
    assertThat(limit.admits(two)).isTrue();
    assertThat(limit.admits(third)).isFalse();
    assertThat(third.isOpen()).isFalse();
    assertThat(one.isOpen()).isTrue();
  }

  @Test
  void aConnectionCountsOnceHoweverOftenItAsks() {
    for (int i = 0; i < 5; i++) {
      assertThat(limit.admits(one)).isTrue();
    }
    assertThat(limit.admits(two)).isTrue();
  }

  @Test
  void whatHasEndedIsNotCounted() {
    for (int i = 0; i < 1_000; i++) {
      var short_ = new EmbeddedChannel();
      assertThat(limit.admits(short_)).as("connection %d", i).isTrue();
      var _ = short_.close();
    }
  }

  @Test
  void oneThatEndedBeforeItWasCountedIsNotCountedEither() {
    for (int i = 0; i < 5; i++) {
      var gone = new EmbeddedChannel();
      var _ = gone.close();
      assertThat(limit.admits(gone)).isTrue();
    }
    assertThat(limit.admits(one)).isTrue();
    assertThat(limit.admits(two)).isTrue();
  }
}
