package dev.onward.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.access.AccessDeniedException;
import dev.onward.access.AccessDeniedException.Kind;
import dev.onward.model.Requester;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {
  @Test
  void aPersonHasAnIdAndTheFirstNameThatIsKnown() {
    assertThat(requester(Map.of("sub", "1", "name", "Alice", "email", "a@example.org")))
        .isEqualTo(new Requester("1", "Alice"));
    assertThat(requester(Map.of("sub", "1", "preferred_username", "al", "email", "a@example.org")))
        .isEqualTo(new Requester("1", "al"));
    assertThat(requester(Map.of("sub", "1", "name", " ", "email", "a@example.org")))
        .isEqualTo(new Requester("1", "a@example.org"));
    assertThat(requester(Map.of("sub", "1"))).isEqualTo(new Requester("1", "1"));
  }

  @Test
  void theIdMayBeAnotherClaim() {
    var claims = Map.of("sub", "1", "email", "a@example.org");
    assertThat(Claims.requester(name -> Optional.ofNullable(claims.get(name)), "email").id())
        .isEqualTo("a@example.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a\nb", "a\u202eb", "\ud800", "\u00a0", "\u3000", "\u2800", "\u3164"})
  void whoHasNoUsableIdIsNobody(String id) {
    assertThat(denied(Map.of("sub", id)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(denied(Map.of("sub", "a".repeat(256))).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(denied(Map.of("name", "Alice"))).hasMessageContaining("'sub'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"onward", "Onward", " ONWARD ", "unknown", "\uff4f\uff4eward", "onward\u00a0"})
  void nobodyPassesForAutomation(String id) {
    assertThat(denied(Map.of("sub", id)).kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(requester(Map.of("sub", "1", "name", id)).name()).isEqualTo("1");
  }

  @Test
  void aNameIsOneShortLine() {
    assertThat(requester(Map.of("sub", "1", "name", "A\nB\u202e")).name()).isEqualTo("A B");
    assertThat(requester(Map.of("sub", "1", "name", "x".repeat(1000))).name()).hasSize(100);
  }

  private static Requester requester(Map<String, String> claims) {
    return Claims.requester(name -> Optional.ofNullable(claims.get(name)), "sub");
  }

  private static AccessDeniedException denied(Map<String, String> claims) {
    return assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> requester(claims))
        .actual();
  }
}
