package dev.onward.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {
  private final ConnectionLimit limit = new ConnectionLimit(2);
  private final EmbeddedChannel one = new EmbeddedChannel();
  private final EmbeddedChannel two = new EmbeddedChannel();
  private final EmbeddedChannel three = new EmbeddedChannel();

  @Test
  void aConnectionThatIsOneTooManyIsClosedWhileAllOthersAreServed() {
    assertThat(limit.begin(one)).isTrue();
    assertThat(limit.begin(two)).isTrue();
    assertThat(limit.begin(three)).isFalse();
    assertThat(three.isOpen()).isFalse();
    assertThat(one.isOpen()).isTrue();
    assertThat(two.isOpen()).isTrue();
  }

  @Test
  void theConnectionThatHasBeenIdleLongestMakesRoom() {
    served(one);
    served(two);
    served(one);

    assertThat(limit.begin(three)).isTrue();
    assertThat(two.isOpen()).isFalse();
    assertThat(one.isOpen()).isTrue();
    assertThat(three.isOpen()).isTrue();
  }

  @Test
  void aConnectionIsIdleOnceAllItsRequestsAreAnswered() {
    assertThat(limit.begin(one)).isTrue();
    assertThat(limit.begin(one)).isTrue();
    assertThat(limit.begin(two)).isTrue();
    limit.end(one);
    assertThat(limit.begin(three)).as("one request is in progress").isFalse();

    limit.end(one);
    assertThat(limit.begin(new EmbeddedChannel())).isTrue();
    assertThat(one.isOpen()).isFalse();
  }

  @Test
  void aConnectionCountsOnceHoweverManyRequestsItSends() {
    for (int i = 0; i < 5; i++) {
      served(one);
    }
    assertThat(limit.begin(two)).isTrue();
    assertThat(one.isOpen()).isTrue();
  }

  @Test
  void connectionsThatAreClosedDoNotCount() {
    for (int i = 0; i < 1_000; i++) {
      var closed = new EmbeddedChannel();
      assertThat(limit.begin(closed)).as("connection %s", i).isTrue();
      var _ = closed.close();
    }
  }

  @Test
  void aConnectionThatWasClosedBeforeItWasCountedDoesNotCount() {
    for (int i = 0; i < 5; i++) {
      var closed = new EmbeddedChannel();
      var _ = closed.close();
      assertThat(limit.begin(closed)).isTrue();
    }
    assertThat(limit.begin(one)).isTrue();
    assertThat(limit.begin(two)).isTrue();
  }

  private void served(Channel channel) {
    assertThat(limit.begin(channel)).isTrue();
    limit.end(channel);
  }
}
