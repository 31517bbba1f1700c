package dev.onward.status.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.plan.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTableTest {
  private static final Path DOCUMENT = Path.of("docs", "metrics.md");

  @Test
  void everyMetricIsDocumentedWithItsTypeAndLabelsInTheSameOrder() throws IOException {
    assertThat(documented())
        .isEqualTo(
            Arrays.stream(OnwardMetric.values())
                .map(
                    metric ->
                        "| `%s` | %s | %s |"
                            .formatted(
                                metric.prometheusName(),
                                Words.of(metric.type()),
                                String.join(", ", metric.labels()))
                            .replace("|  |", "| |"))
                .toList());
  }

  /** The first three columns of every row that names a metric. */
  private static List<String> documented() throws IOException {
    try (var lines = Files.lines(DOCUMENT)) {
      return lines
          .filter(line -> line.startsWith("| `onward_"))
          .map(line -> line.replaceFirst("^((?:\\|[^|]*){3}\\|).*", "$1"))
          .toList();
    }
  }
}
