package dev.onward.aws.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ParameterDescriptionTest {
  @Test
  void aTextThatFitsStaysAsItIs() {
    assertThat(ParameterDescription.of("Onward: release 1 ✓ 🚀"))
        .isEqualTo("Onward: release 1 ✓ 🚀");
    assertThat(ParameterDescription.of("x".repeat(1024))).hasSize(1024);
    assertThat(ParameterDescription.of("")).isEmpty();
  }

  @Test
  void aLongTextIsCutToTheLimit() {
    assertThat(ParameterDescription.of("x".repeat(10_000))).isEqualTo("x".repeat(1024));
  }

  @Test
  void aCharacterOfTwoUnitsIsNotCutInHalf() {
    String text = "x".repeat(1023) + "🚀";

    assertThat(ParameterDescription.of(text)).isEqualTo("x".repeat(1023));
    assertThat(ParameterDescription.of("x".repeat(1022) + "🚀!"))
        .isEqualTo("x".repeat(1022) + "🚀");
  }

  @Test
  void halvesOfCharactersAndControlCharactersAreReplaced() {
    assertThat(ParameterDescription.of("a\uD83D b\uDE80 c\n\td\u0000"))
        .isEqualTo("a\uFFFD b\uFFFD c  d ");
  }
}
