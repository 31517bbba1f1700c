package dev.onward.manifest.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingSuggestionTest {
  private static final List<String> WORDS =
      List.of("id", "from", "stage", "stable", "v1-branch", "quiet_period", "environments");

  @ParameterizedTest
  @CsvSource({
    "quiet_perod, quiet_period",
    "quietPeriod, quiet_period",
    "quiet-peirod, quiet_period",
    "enviroments, environments",
    "form, from",
    "ID, id",
    "stag, stage",
    "stabel, stable"
  })
  void findsWhatWasMeant(String written, String meant) {
    assertThat(SpellingSuggestion.nearest(written, WORDS)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ip", "prod", "v2-branch", "name", "", "stages-of-grief"})
  void doesNotGuessWildly(String written) {
    assertThat(SpellingSuggestion.nearest(written, WORDS)).isEmpty();
  }
}
