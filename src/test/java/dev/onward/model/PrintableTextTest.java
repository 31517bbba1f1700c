package dev.onward.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTextTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x09, 0x0a, 0x1b, 0x7f, 0x85, 0xa0, 0xad, 0x034f, 0x115f, 0x180e, 0x2003, 0x200b, 0x200d,
        0x202e, 0x2028, 0x2060, 0x2800, 0x3000, 0x3164, 0xe000, 0xfe0f, 0xfeff, 0xfff9, 0xe0041,
        0xe0100
      })
  void whatNobodySeesIsWrittenAsItsCode(int codePoint) {
    assertThat(PrintableText.of("a" + Character.toString(codePoint) + "b", 10))
        .isEqualTo("a\\u%04xb".formatted(codePoint));
  }

  @Test
  void aSurrogateWithoutItsOtherHalfIsWrittenAsItsCode() {
    assertThat(PrintableText.of("a\ud83d", 10)).isEqualTo("a\\ud83d");
  }

  @Test
  void whatIsSeenStays() {
    String text = "Zürich, 東京, 😀 'x' \\ a b";
    assertThat(PrintableText.of(text, 100)).isEqualTo(text);
  }

  @Test
  void aLongTextIsCutBetweenCharacters() {
    assertThat(PrintableText.of("a😀bc", 2)).isEqualTo("a😀…");
  }

  @Test
  void aRefusedValueShowsWhatIsInvisibleInIt() {
    assertThat(new InvalidValueException("image", "example.com/a:1\u200b", "an image"))
        .hasMessageContaining("example.com/a:1\\u200b");
  }
}
