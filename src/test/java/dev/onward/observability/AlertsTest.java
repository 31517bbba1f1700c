package dev.onward.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final Path RUNBOOKS = Path.of("docs", "runbooks.md");
  private static final Path METRICS = Path.of("docs", "metrics.md");
  private static final Pattern SECTION = Pattern.compile("(?m)^## (\\w+)$");
  private static final Pattern METRIC = Pattern.compile("\\bonward_\\w+");

  private final List<Alert> alerts = Alert.all();

  @Test
  void everyAlertHasItsRunbookInTheSameOrderAndNoRunbookHasLostItsAlert() throws IOException {
    List<String> sections =
        SECTION
            .matcher(Files.readString(RUNBOOKS))
            .results()
            .map(section -> section.group(1))
            .toList();
    assertThat(sections).isNotEmpty().isEqualTo(alerts.stream().map(Alert::name).toList());
  }

  @Test
  void everyAlertLeadsToItsOwnSection() {
    assertThat(alerts)
        .allSatisfy(
            alert ->
                assertThat(alert.runbook())
                    .isEqualTo("docs/runbooks.md#" + alert.name().toLowerCase(Locale.ROOT)));
  }

  @Test
  void everySectionSaysWhatItMeansWhatToCheckWhatToDoAndWhenItResolves() throws IOException {
    List<String> sections =
        List.of(Files.readString(RUNBOOKS).split("(?m)^## ", -1)).subList(1, alerts.size() + 1);
    assertThat(sections)
        .allSatisfy(
            section ->
                assertThat(section)
                    .containsSubsequence("**Meaning.**", "**Check**", "**Do.**", "**Resolves**"));
  }

  @Test
  void anAlertEitherWakesSomebodyOrWaitsUntilTheMorning() {
    assertThat(alerts).extracting(Alert::severity).containsOnly("critical", "warning");
    assertThat(alerts).extracting(Alert::summary).doesNotContain("").doesNotHaveDuplicates();
  }

  @Test
  void everyAlertIsSeenFiringByAUnitTest() throws IOException {
    assertThat(firing()).isEqualTo(alerts.stream().map(Alert::name).collect(Collectors.toSet()));
  }

  @Test
  void alertsAndRunbooksAskOnlyForMetricsThatAreDocumented() throws IOException {
    var asked = new TreeSet<>(metrics(Files.readString(RUNBOOKS)));
    alerts.forEach(alert -> asked.addAll(metrics(alert.expression())));
    Set<String> documented = metrics(Files.readString(METRICS));
    assertThat(asked).isNotEmpty().isSubsetOf(documented);
  }

  /** Those that some test of promtool's expects with their annotations. */
  private static Set<String> firing() throws IOException {
    var fired = Pattern.compile("alertname: (\\w+)\\n\\s+exp_alerts:\\n");
    var names = new TreeSet<String>();
    for (Path file : Promtool.unitTests()) {
      fired.matcher(Files.readString(file)).results().map(it -> it.group(1)).forEach(names::add);
    }
    return names;
  }

  /** By the names that the table has: a histogram's series go by its own. */
  private static Set<String> metrics(String text) {
    return METRIC
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .map(name -> name.replaceFirst("_(bucket|sum|count|max)$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
