package dev.onward.web.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Requester;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.web.api.command.CommandBody.InterventionRequest;
import dev.onward.web.api.command.CommandBody.RepairRequest;
import dev.onward.web.http.CommandRejectedException;
import dev.onward.web.http.FieldError;
import jakarta.validation.Validation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReadingTest {
  private static final BodyReader BODIES =
      new BodyReader(Validation.buildDefaultValidatorFactory().getValidator());
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  @Test
  void whoWhenWhyAndUntilWhen() {
    Attribution attribution = said("{'reason': ' fire ', 'until': '2h'}");
    assertThat(attribution.by().name()).isEqualTo("alice");
    assertThat(attribution.at()).isEqualTo(NOW);
    assertThat(attribution.reason()).isEqualTo("fire");
    assertThat(attribution.until()).contains(Instant.parse("2026-03-02T12:00:00Z"));
  }

  @Test
  void aFieldThatIsNullIsNotThere() {
    assertThat(said("{'reason': 'fire', 'until': null}").until()).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    var errors = errors("{'until': 'yesterday', 'dry_run': true, 'reasons': []}");
    assertThat(errors)
        .extracting(FieldError::field)
        .containsExactly("until", "reason", "dry_run", "reasons");
    assertThat(errors.getFirst().found()).isEqualTo("yesterday");
    assertThat(errors.get(1).found()).isEqualTo("nothing");
    assertThat(errors.get(2).allowed()).isEqualTo("expected_version, reason, until");
  }

  @Test
  void aMisspeltFieldIsToldWhichWasMeant() {
    assertThat(errors("{'reason': 'fire', 'untill': '2h'}"))
        .singleElement()
        .satisfies(
            error ->
                assertThat(error.allowed())
                    .isEqualTo("expected_version, reason, until (did you mean until?)"));
  }

  @Test
  void imagesAreCountedAndEachIsRead() {
    assertThat(publishErrors("{'reason': 'x'}")).containsExactly("images: nothing");
    assertThat(publishErrors("{'images': {}, 'reason': 'x'}")).containsExactly("images: 0 of them");
    assertThat(publishErrors("{'images': ['a'], 'reason': 'x'}"))
        .containsExactly("images: [\"a\"]");
    assertThat(publishErrors("{'images': {'a': 5, 'b c': 'x', 'd': null}, 'new': 'true'}"))
        .containsExactly(
            "images.a: 5", "images.b c: b c", "images.d: null", "new: \"true\"", "reason: nothing");
    String eleven =
        IntStream.range(0, 11)
            .mapToObj("'s%s': 'example.com/ns/s:1'"::formatted)
            .collect(Collectors.joining(", "));
    assertThat(publishErrors("{'images': {%s}, 'reason': 'x'}".formatted(eleven)))
        .containsExactly("images: 11 of them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "'true'", "[]", "0.5"})
  void aFlagIsTrueOrFalse(String value) {
    String body = "{'override': %s, 'reason': 'x'}".formatted(value);
    assertThat(refused(() -> act(RepairRequest.class, body)).errors())
        .singleElement()
        .satisfies(error -> assertThat(error.allowed()).isEqualTo("true or false"));
  }

  @Test
  void aWrongTypeShowsWhatWasFound() {
    assertThat(errors("{'reason': 5, 'until': {'in': '2h'}}"))
        .extracting(FieldError::found)
        .containsExactly("{\"in\":\"2h\"}", "5");
  }

  @Test
  void aCallerMaySayWhichVersionTheyHaveSeen() {
    assertThat(expected("{'reason': 'fire'}")).isEmpty();
    assertThat(expected("{'reason': 'fire', 'expected_version': null}")).isEmpty();
    assertThat(expected("{'reason': 'fire', 'expected_version': 7}")).contains(7L);
    assertThat(expected("{'reason': 'fire', 'expected_version': 0}")).contains(0L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "'7'", "true", "99999999999999999999", "[7]"})
  void aVersionIsAWholeNumber(String version) {
    assertThat(errors("{'reason': 'fire', 'expected_version': %s}".formatted(version)))
        .singleElement()
        .satisfies(error -> assertThat(error.field()).isEqualTo("expected_version"));
  }

  @Test
  void aReasonIsInAnyScript() {
    String reason = "دلیل می‌خواهم 👩‍🚀   ñ";
    assertThat(said("{'reason': '%s'}".formatted(reason)).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a\\nb",
        "a\\u0000",
        "a\\u2028b",
        "\\ud800",
        "\\u00a0",
        "\\u3000",
        "\\u200b",
        "\\u2800",
        "paid \\u202e001",
        "a\\u2066b",
        "a\\u200eb",
        "a\\u061cb",
        "a\\ufeffb"
      })
  void aReasonIsALineOfText(String reason) {
    assertThat(errors("{'reason': '%s'}".formatted(reason)))
        .singleElement()
        .satisfies(error -> assertThat(error.allowed()).contains("1 to 500 characters"));
  }

  @Test
  void aReasonHasAtMost500Characters() {
    assertThat(said("{'reason': '%s'}".formatted("a".repeat(500))).reason()).hasSize(500);
    assertThat(errors("{'reason': '%s'}".formatted("a".repeat(501)))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-02T12:00:00Z",
        "2026-03-02T13:00+01:00",
        "2h",
        "120m",
        "1h60m",
        "PT2H",
        "7200s"
      })
  void anEndIsAMomentOrADuration(String until) {
    assertThat(said("{'reason': 'fire', 'until': '%s'}".formatted(until)).until())
        .contains(Instant.parse("2026-03-02T12:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-02T10:00:00Z",
        "2026-03-02T09:59:59Z",
        "2026-03-02T12:00:00",
        "2026-03-02",
        "7200",
        "2H",
        "0s",
        "-2h",
        "P-1D",
        "99999d",
        "999999999h",
        "+999999999-12-31T23:59:59Z",
        "2 h",
        "tomorrow",
        "",
        "PT",
        "P1Y",
        "2h30"
      })
  void anEndMustBeToComeAndNear(String until) {
    assertThat(errors("{'reason': 'fire', 'until': '%s'}".formatted(until)))
        .extracting(FieldError::field)
        .containsExactly("until");
  }

  @Test
  void aFreezesEndIsReckonedFromItsBeginning() {
    var freeze =
        act(
            FreezeRequest.class,
            "{'reason': 'Christmas', 'from': '2026-12-18T18:00:00+01:00', 'until': 'P14D'}");
    assertThat(freeze.body().intervention(Optional.empty()).from())
        .contains(Instant.parse("2026-12-18T17:00:00Z"));
    assertThat(freeze.attribution().until()).contains(Instant.parse("2027-01-01T17:00:00Z"));
  }

  @Test
  void aFreezeEndsAfterItBegins() {
    assertThat(
            refused(
                    () ->
                        freeze(
                            "{'reason': 'x', 'from': '2026-03-05T00:00Z', 'until':"
                                + " '2026-03-04T00:00Z'}"))
                .errors())
        .extracting(FieldError::allowed)
        .containsExactly("a moment after 'from'");
  }

  @Test
  void aFreezeWithoutAnIdIsNamedAfterItsReason() {
    assertThat(freeze("{'reason': 'Weihnachten in Österreich: alle weg!'}").id())
        .isEqualTo("weihnachten-in");
    assertThat(freeze("{'reason': 'ferié'}").id()).isEqualTo("ferie");
    assertThat(freeze("{'reason': '冬休み'}").id()).isEqualTo("freeze");
    assertThat(freeze("{'reason': '%s'}".formatted("a".repeat(500))).id()).hasSize(24);
    assertThat(FreezeId.derived(Optional.of(new EnvironmentId("prod")), "Inventory").value())
        .isEqualTo("prod-inventory");
    assertThat(
            FreezeId.derived(Optional.of(new EnvironmentId("e".repeat(200))), "Inventory").value())
        .hasSize(64);
  }

  @Test
  void aFreezesIdIsPlain() {
    assertThat(freeze("{'id': 'X-1.2_3', 'reason': 'x'}").id()).isEqualTo("X-1.2_3");
    assertThat(refused(() -> freeze("{'id': 'a b', 'reason': 'x'}")).errors()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "'text'",
        "null",
        "{",
        "{}}",
        "{} {}",
        "{'reason': 'a', 'reason': 'b'}",
        "{'reason': NaN}",
        "{reason: 'x'}"
      })
  void whatIsNoJsonObjectIsRefused(String body) {
    assertThat(refused(() -> said(body)).status()).isEqualTo(400);
  }

  @Test
  void aNestThatWouldOverflowIsRefused() {
    for (int depth : new int[] {9, 1_000, 30_000}) {
      var refused = refused(() -> said("[".repeat(depth)));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused).hasMessageContaining("nested");
      assertThat(refused(() -> said("{'a':".repeat(depth)))).hasMessageContaining("nested");
    }
  }

  private static List<String> publishErrors(String body) {
    return refused(() -> act(PublishRequest.class, body)).errors().stream()
        .map(error -> error.field() + ": " + error.found())
        .toList();
  }

  private static Attribution said(String body) {
    return act(InterventionRequest.class, body).attribution();
  }

  private static Optional<Long> expected(String body) {
    return act(InterventionRequest.class, body).expectedVersion();
  }

  private static Intervention.SetFreeze freeze(String body) {
    return act(FreezeRequest.class, body).body().intervention(Optional.empty());
  }

  private static List<FieldError> errors(String body) {
    return refused(() -> said(body)).errors();
  }

  private static CommandRejectedException refused(Runnable reading) {
    return assertThatExceptionOfType(CommandRejectedException.class)
        .isThrownBy(reading::run)
        .actual();
  }

  private static <T extends CommandBody> CommandRequest<T> act(Class<T> type, String body) {
    var alice = new Requester("alice", "alice");
    return new CommandRequest<>(
        alice, false, BODIES.read(type, BodyReader.parse(body.replace('\'', '"')), NOW), NOW);
  }
}
