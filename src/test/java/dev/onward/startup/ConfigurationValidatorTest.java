package dev.onward.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.access.http.IdentityProvider;
import dev.onward.manifest.reader.DurationParser;
import dev.onward.testing.Settings;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationValidatorTest {
  private static final IdentityProvider NO_PROVIDER =
      new IdentityProvider(Optional.empty(), Optional.empty());

  @Test
  void theDefaultsAreFine() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void eachProblemNamesThePropertyAndWhatIsAllowed() {
    assertThat(problems("onward.parallelism", "0", "onward.ssm.writes-per-second", "-1"))
        .containsExactly(
            "onward.parallelism: found 0; allowed: 1 or more",
            "onward.ssm.writes-per-second: found -1; allowed: 1 or more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"onward.api.acting", "ONWARD_API_ACTING"})
  void aSettingOfAnEarlierNameStopsTheStartAndNamesTheNewOne(String name) {
    assertThat(ConfigurationValidator.renamed(List.of("onward.interval", name)))
        .containsExactly(
            name
                + ": found a setting that was renamed; allowed: onward.api.writes, with the same"
                + " values");
  }

  @Test
  void durationsOfNothingAreRefused() {
    assertThat(problems("onward.interval", "0s", "onward.backoff.stalled", "PT0S"))
        .containsExactly(
            "onward.interval: found 0s; allowed: longer than 0s",
            "onward.backoff.stalled: found 0s; allowed: longer than 0s");
    assertThat(problems("onward.repair-grace", "0s")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "onward.interval",
        "onward.repair-grace",
        "onward.adoption-interval",
        "onward.lease.term",
        "onward.lease.standby-interval",
        "onward.backoff.maximum",
        "onward.backoff.stalled"
      })
  void everyDurationIsReadByTheGrammarOfTheManifestsAndRefusedWithItsSentence(String property) {
    for (String text : List.of("1d12h", "1h30m", "PT10M", "45s")) {
      Settings.of(property, text);
    }
    assertThatThrownBy(() -> Settings.of(property, "15"))
        .hasMessageContainingAll(property, "a duration with its unit: 15s, 15m, 15h or 15d");
    assertThatThrownBy(() -> Settings.of(property, "2H"))
        .hasMessageContainingAll(property, "'2H'", DurationParser.ALLOWED);
    assertThatThrownBy(() -> Settings.of(property, "PT-5S"))
        .hasMessageContainingAll(property, "a duration from 0s to 366d");
  }

  @Test
  void aDurationIsReadAsItIsMeant() {
    assertThat(Settings.of("onward.adoption-interval", "1d12h").adoptionInterval())
        .isEqualTo(Duration.ofHours(36));
  }

  @Test
  void aReleasesTableMayHaveTheProjectInItsName() {
    assertThat(problems("onward.releases-table", "wellcome-releases-{project_id}")).isEmpty();
    assertThat(problems("onward.releases-table", "{project_id}")).isEmpty();
  }

  @Test
  void anyOtherPlaceholderIsRefused() {
    assertThat(problems("onward.releases-table", "releases-{project}"))
        .singleElement()
        .asString()
        .startsWith("onward.releases-table: found 'releases-{project}'; allowed: ");
    assertThat(problems("onward.state-table", "state-{project_id}")).hasSize(1);
  }

  @Test
  void tableNamesFollowDynamoDb() {
    assertThat(problems("onward.state-table", "ab")).hasSize(1);
    assertThat(problems("onward.state-table", "a".repeat(256))).hasSize(1);
    assertThat(problems("onward.state-table", "a b c")).hasSize(1);
    assertThat(problems("onward.state-table", "a".repeat(255))).isEmpty();
  }

  @Test
  void releasesAndStateNeedTwoTables() {
    assertThat(problems("onward.releases-table", "same", "onward.state-table", "same"))
        .containsExactly(
            "onward.releases-table: found 'same'; allowed: another table than onward.state-table");
  }

  @Test
  void aLeaseHasATermThatAClusterCanKeepAndANameThatAKeyCanHave() {
    assertThat(problems("onward.lease.term", "PT0.5S", "onward.lease.name", "a b"))
        .containsExactly(
            "onward.lease.term: found 0.5s; allowed: 1s to 1m",
            "onward.lease.name: found 'a b'; allowed: 1 to 64 letters, digits, '_', '.' or '-'");
    assertThat(problems("onward.lease.term", "2m", "onward.lease.standby-interval", "0s"))
        .hasSize(2);
  }

  @Test
  void whatCanNameNoProjectIsNoSelection() {
    assertThat(problems("onward.projects", "storage,catalogue-*,!catalogue-old")).isEmpty();
    assertThat(problems("onward.projects", "storage,a/b,!"))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("onward.projects: found 'a/b'; allowed: ids of projects, with *");
  }

  @Test
  void theStartFailsOnceWithEverything() {
    var config = Settings.of("onward.parallelism", "0", "onward.interval", "0s");
    assertThatThrownBy(
            () -> ConfigurationValidator.onStart(new StartupEvent(), config, NO_PROVIDER))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("onward.parallelism", "onward.interval");
  }

  private static List<String> problems(String... settings) {
    return ConfigurationValidator.problems(Settings.of(settings), NO_PROVIDER);
  }
}
