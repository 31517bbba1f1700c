package dev.onward.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a Prometheus would read, by the series' names as they stand there. */
public record Scrape(String text) {
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** Asserts that there is exactly this series, labels in any order, and returns its value. */
  public double value(String metric, String... labels) {
    var wanted = new TreeSet<>(List.of(labels));
    var found = new ArrayList<Double>();
    text.lines()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .filter(line -> labelsOf(line).equals(wanted))
        .forEach(line -> found.add(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
    assertThat(found).as("%s%s in%n%s", metric, wanted, text).hasSize(1);
    return found.getFirst();
  }

  /** Every series that has this label value. */
  public List<String> with(String label) {
    return text.lines().filter(line -> !line.startsWith("#") && line.contains(label)).toList();
  }

  private static TreeSet<String> labelsOf(String line) {
    int open = line.indexOf('{');
    var labels = new TreeSet<String>();
    if (open >= 0) {
      LABEL
          .matcher(line.substring(open))
          .results()
          .forEach(label -> labels.add(label.group(1) + "=" + label.group(2)));
    }
    return labels;
  }
}
