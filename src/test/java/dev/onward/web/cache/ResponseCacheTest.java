package dev.onward.web.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseCacheTest {
  private final AtomicLong changes = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();
  private final ResponseCache answers = new ResponseCache(changes::get, nanos::get);
  private int made;

  @Test
  void whatIsTheSameForAllIsMadeOnceUntilSomethingChanges() {
    assertThat(ask("projects")).isEqualTo("1");
    assertThat(ask("projects")).isEqualTo("1");

    changes.incrementAndGet();

    assertThat(ask("projects")).isEqualTo("2");
  }

  @Test
  void whatChangesWhileAnAnswerIsMadeIsInTheNextOne() {
    answers.get(
        "projects",
        () -> {
          changes.incrementAndGet();
          return "before".getBytes(UTF_8);
        });

    assertThat(ask("projects")).isEqualTo("1");
  }

  @Test
  void noAnswerIsOlderThanASecond() {
    ask("projects");
    nanos.addAndGet(Duration.ofMillis(1_001).toNanos());

    assertThat(ask("projects")).isEqualTo("2");
  }

  @Test
  void anotherQuestionHasAnAnswerOfItsOwn() {
    assertThat(ask("projects")).isEqualTo("1");
    assertThat(ask("overview")).isEqualTo("2");
  }

  @Test
  void onlySoManyAreKeptAndTheOthersAreAnsweredAllTheSame() {
    for (int i = 1; i <= 1_000; i++) {
      assertThat(ask("question " + i)).isEqualTo(Integer.toString(i));
    }
    assertThat(ask("question 1")).isEqualTo("1");
    assertThat(ask("question 1000")).isEqualTo("1001");
  }

  @Test
  void whatIsSentCompressedIsTheSame() throws IOException {
    var answer = answers.get("page", () -> "word ".repeat(1_000).getBytes(UTF_8));

    assertThat(answer.compressed()).hasSizeLessThan(100);
    try (var content = new GZIPInputStream(new ByteArrayInputStream(answer.compressed()))) {
      assertThat(content.readAllBytes()).isEqualTo(answer.plain());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "deflate, GZip;q=0.5 | true",
        "gzip, br | true",
        "br | false",
        "gzip;q=0 | false",
        "gzip; q=0.000 | false",
        "xgzip | false",
        "'' | false"
      })
  void onlyWhoTakesItGetsItCompressed(String header, boolean taken) {
    assertThat(CachedResponse.isTakenCompressed(Optional.of(header))).isEqualTo(taken);
  }

  private String ask(String question) {
    return new String(
        answers.get(question, () -> Integer.toString(++made).getBytes(UTF_8)).plain(), UTF_8);
  }
}
