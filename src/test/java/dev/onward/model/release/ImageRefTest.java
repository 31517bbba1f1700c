package dev.onward.model.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.model.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of the container distribution's references, with what Onward adds to it. */
class ImageRefTest {
  private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name:1",
        "org/name",
        "org/name:1",
        "localhost/name:1",
        "localhost:5000/name",
        "registry:5000/org/name:V1.2_RC-3",
        "example.com/name",
        "Example.COM:443/a/b/c:1",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/uk.ac.wellcome/bag_register:ref.1a2b3c4",
        "192.168.0.1:5000/name:1",
        "[2001:db8::1]/name:1",
        "[::1]:5000/org/name:1",
        "xn--n3h.com/name:1",
        "example.com/a.b_c__d-e---f:1",
        "example.com/name:UPPER",
        "example.com/name:_x",
        "http://example.com/images/hatching/00001",
        "https://example.com/name:1"
      })
  void whatTheGrammarKnowsIsAnImageWithADigestToo(String text) {
    assertThat(new ImageRef(text).value()).isEqualTo(text);
    assertThat(new ImageRef(text + DIGEST).value()).endsWith(DIGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "word",
        "Org/name:1",
        "Name:1",
        "example.com/Name:1",
        "example.com/a___b:1",
        "example.com/a..b:1",
        "example.com/a._b:1",
        "example.com/a__.b:1",
        "example.com/_a:1",
        "example.com/a_:1",
        "example.com/-a:1",
        "example.com//a:1",
        "example.com/a/:1",
        "-example.com/a:1",
        "example-.com/a:1",
        "example..com/a:1",
        ".com/a:1",
        "example.com:/a:1",
        "example.com:port/a:1",
        "[::1/a:1",
        "[fe80::1%25eth0]/a:1",
        "[2001:db8::1]:5000",
        "example.com/a:",
        "example.com/a:-x",
        "example.com/a:b:c",
        "example.com/a@sha256:abc",
        "example.com/a@:0123456789abcdef0123456789abcdef",
        "example.com/a@1sha:0123456789abcdef0123456789abcdef",
        "ftp://example.com/a:1",
        "example.com/a b:1",
        "example.com/a:1\n"
      })
  void anythingElseIsNone(String text) {
    assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new ImageRef(text));
  }

  @Test
  void aTagHasAtMost128CharactersAndANameAtMost255() {
    assertThat(new ImageRef("org/name:" + "t".repeat(128)).shortTag()).hasSize(128);
    assertThat(new ImageRef("example.com/" + "n".repeat(255) + ":1").shortTag()).isEqualTo("1");
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new ImageRef("org/name:" + "t".repeat(129)));
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new ImageRef("example.com/" + "n".repeat(256) + ":1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"org/name:latest", "localhost:5000/name", "org/name", "a.b/name:Main", "x:edge"})
  void aTagThatMovesIsAnImageAndKnownToMoveUnlessADigestPinsIt(String text) {
    assertThat(new ImageRef(text).moves()).isTrue();
    assertThat(new ImageRef(text + DIGEST).moves()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"org/name:1", "org/name:latest-4", "http://example.com/images/feeding/00001"})
  void anyOtherTagStays(String text) {
    assertThat(new ImageRef(text).moves()).isFalse();
  }

  @Test
  void aLongReferenceThatIsNoneIsRefusedAtOnce() {
    String text = "a-".repeat(2_000) + "!";
    assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new ImageRef(text));
    String dots = "a.".repeat(2_000) + "/";
    assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new ImageRef(dots));
  }
}
