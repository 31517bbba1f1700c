package dev.onward.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.InvalidValueException;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageQueryTest {
  private static final String DIGEST =
      "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final String TAGGED = "https://registry.example.com:5000/uk.ac/bags:1a2b3c4";
  private static final String BOTH = TAGGED + "@" + DIGEST;

  @ParameterizedTest
  @ValueSource(
      strings = {
        TAGGED,
        "registry.example.com:5000/uk.ac/bags:1a2b3c4",
        "uk.ac/bags:1a2b3c4",
        "bags:1a2b3c4",
        "1a2b3c4"
      })
  void anImageIsFoundByItsUriItsEndAndItsTag(String text) {
    assertThat(new ImageQuery(text).matches(new ImageRef(TAGGED))).isTrue();
    assertThat(new ImageQuery(text).matches(new ImageRef(BOTH))).as("with a digest").isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ags:1a2b3c4", "bags:1a2b3c", "1a2b3c", "bags", "bags:1a2b3c45", "c/bags:1a2b3c4"})
  void aPieceOfANameOrOfATagIsNotEnough(String text) {
    assertThat(new ImageQuery(text).matches(new ImageRef(TAGGED))).isFalse();
  }

  @Test
  void anImageIsFoundByItsDigest() {
    assertThat(new ImageQuery(DIGEST).matches(new ImageRef(BOTH))).isTrue();
    assertThat(new ImageQuery("bags:1a2b3c4@" + DIGEST).matches(new ImageRef(BOTH))).isTrue();
    assertThat(new ImageQuery(DIGEST).matches(new ImageRef(TAGGED))).isFalse();
    assertThat(new ImageQuery(DIGEST).matches(new ImageRef("example.com/bags@" + DIGEST))).isTrue();
  }

  @Test
  void theServicesThatHaveItAreNamed() {
    var images = Recorded.release(1).images();
    assertThat(new ImageQuery("tag1").servicesIn(images)).containsExactly(new ServiceId("bags"));
    assertThat(new ImageQuery("tag2").servicesIn(images)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "ü"})
  void whatNoImageCanBeCalledIsRefused(String text) {
    assertThatThrownBy(() -> new ImageQuery(text)).isInstanceOf(InvalidValueException.class);
  }
}
