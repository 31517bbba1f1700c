package dev.onward.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No text depends on the locale of the JVM. Error Prone's DefaultLocale and StringCaseLocaleUsage
 * hold that for the JDK's own methods, as errors of the build; this test for the logger's, which
 * they do not know.
 */
class LocaleTest {
  private static final Path CODE = Path.of("src", "main", "java");
  private static final Pattern LOG_FORMAT =
      Pattern.compile("\\b(?:trace|debug|info|warn|error|fatal|log)f\\((?<call>[^;]*);");
  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

  /** All but text and line breaks: numbers, dates, and upper-case forms. */
  private static final Pattern LOCALISED = Pattern.compile("%[^sn%]");

  @Test
  void noLogLineIsFormattedByTheLocaleOfTheJvm() throws IOException {
    var calls = 0;
    try (Stream<Path> files = Files.walk(CODE)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        for (MatchResult log : LOG_FORMAT.matcher(Files.readString(file)).results().toList()) {
          calls++;
          List<String> localised =
              TEXT.matcher(log.group("call"))
                  .results()
                  .map(MatchResult::group)
                  .filter(text -> LOCALISED.matcher(text).find())
                  .toList();
          assertThat(localised).as(file.toString()).isEmpty();
        }
      }
    }
    assertThat(calls).as("log calls with a format").isGreaterThan(10);
  }
}
