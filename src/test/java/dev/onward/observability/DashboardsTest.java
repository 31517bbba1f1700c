package dev.onward.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DashboardsTest {
  private static final int COLUMNS = 24;
  private static final Pattern METRIC = Pattern.compile("\\bonward_\\w+");
  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");

  private final List<Dashboard> dashboards = Dashboard.all();

  @Test
  void everyPanelSaysWhatItShowsAndInWhichUnit() {
    for (JsonNode panel : figures()) {
      assertThat(panel.path("title").asText()).isNotBlank();
      assertThat(panel.path("description").asText()).as(title(panel)).endsWith(".");
      assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
          .as(title(panel))
          .isNotBlank();
      assertThat(panel.path("targets").size()).as(title(panel)).isPositive();
    }
  }

  @Test
  void panelsStandBesideOneAnotherAndNeverOnEachOther() {
    for (Dashboard dashboard : dashboards) {
      var taken = new HashSet<List<Integer>>();
      for (JsonNode panel : dashboard.panels()) {
        JsonNode place = panel.path("gridPos");
        int left = place.path("x").asInt();
        int top = place.path("y").asInt();
        assertThat(left + place.path("w").asInt()).as(title(panel)).isBetween(1, COLUMNS);
        for (int x = left; x < left + place.path("w").asInt(); x++) {
          for (int y = top; y < top + place.path("h").asInt(); y++) {
            assertThat(taken.add(List.of(x, y))).as("%s at %d, %d", title(panel), x, y).isTrue();
          }
        }
      }
    }
  }

  @Test
  void panelsAreToldApartByTheirIds() {
    for (Dashboard dashboard : dashboards) {
      assertThat(dashboard.panels())
          .extracting(panel -> panel.path("id").asInt())
          .doesNotHaveDuplicates();
    }
    assertThat(dashboards).extracting(it -> it.json().path("uid").asText()).doesNotHaveDuplicates();
  }

  @Test
  void whoeverLooksChoosesThePrometheus() {
    for (Dashboard dashboard : dashboards) {
      assertThat(dashboard.variables().getFirst().path("type").asText()).isEqualTo("datasource");
      var named = new ArrayList<>(dashboard.figures());
      dashboard.figures().forEach(panel -> panel.path("targets").forEach(named::add));
      dashboard.variables().stream().skip(1).forEach(named::add);
      assertThat(named)
          .allSatisfy(
              it ->
                  assertThat(it.path("datasource").path("uid").asText())
                      .isEqualTo("${datasource}"));
    }
  }

  @Test
  void everyQueryIsLimitedToWhatIsChosenAndAsksForNothingElse() {
    for (Dashboard dashboard : dashboards) {
      var known =
          new TreeSet<>(List.of("__interval", "__rate_interval", "__range", "__range_s", "1"));
      dashboard.variables().forEach(variable -> known.add(variable.path("name").asText()));
      for (Dashboard.Query query : dashboard.queries()) {
        assertThat(query.expression())
            .as(query.toString())
            .contains("namespace=~\"$namespace\", job=~\"$job\"");
        assertThat(VARIABLE.matcher(query.expression()).results().map(it -> it.group(1)))
            .as(query.toString())
            .isSubsetOf(known);
      }
    }
  }

  @Test
  void dashboardsAskOnlyForMetricsThatAreDocumented() throws IOException {
    String documented = Files.readString(Path.of("docs", "metrics.md"));
    for (Dashboard dashboard : dashboards) {
      for (Dashboard.Query query : dashboard.queries()) {
        assertThat(METRIC.matcher(query.expression()).results().map(MatchResult::group))
            .as(query.toString())
            .allMatch(
                name ->
                    documented.contains(
                        "`%s`".formatted(name.replaceFirst("_(bucket|sum|count)$", ""))));
      }
    }
  }

  private List<JsonNode> figures() {
    return dashboards.stream().flatMap(dashboard -> dashboard.figures().stream()).toList();
  }

  private static String title(JsonNode panel) {
    return panel.path("title").asText();
  }
}
