package dev.onward.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The alerts by Prometheus's own word. */
class AlertRulesIT {
  @BeforeAll
  static void needsPromtool() {
    Promtool.assumeInstalled("promtool");
  }

  @Test
  void prometheusTakesTheRules() throws IOException, InterruptedException {
    var outcome = Promtool.run("check", "rules", Alert.FILE.toString());
    assertThat(outcome.output()).contains(Alert.all().size() + " rules found");
    assertThat(outcome.status()).as(outcome.output()).isZero();
  }

  @Test
  void everyAlertFiresWhenItShouldAndOnlyThen() throws IOException, InterruptedException {
    var outcome =
        Promtool.run(
            Stream.concat(
                    Stream.of("test", "rules"), Promtool.unitTests().stream().map(Path::toString))
                .toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.output()).isZero();
  }
}
