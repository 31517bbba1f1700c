package dev.onward.web.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ETagFilterTest {
  private static final String TAG = ETagFilter.tagOf("{}".getBytes(UTF_8));

  @Test
  void theSameBytesHaveTheSameTagAndOthersAnother() {
    assertThat(TAG).matches("\"[A-Za-z0-9_-]{22}\"");
    assertThat(ETagFilter.tagOf("{}".getBytes(UTF_8))).isEqualTo(TAG);
    assertThat(ETagFilter.tagOf("{ }".getBytes(UTF_8))).isNotEqualTo(TAG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"x\", %s", "*", " %s ,\"y\""})
  void whoeverHasItIsNotSentItAgain(String header) {
    assertThat(ETagFilter.isKnown(TAG, Optional.of(header.formatted(TAG)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", ",", "W/", "nonsense", "\"x\""})
  void whoeverHasAnotherIs(String header) {
    assertThat(ETagFilter.isKnown(TAG, Optional.of(header))).isFalse();
    assertThat(ETagFilter.isKnown(TAG, Optional.empty())).isFalse();
  }
}
