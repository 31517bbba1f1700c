package dev.onward.status.metrics;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.GaugeMetricFamily;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The gauges of one scrape; a family without values is present nevertheless. */
final class GaugeFamilies {
  private final Map<OnwardMetric, GaugeMetricFamily> families = new EnumMap<>(OnwardMetric.class);

  GaugeFamilies() {
    for (OnwardMetric metric : OnwardMetric.values()) {
      if (metric.type() == OnwardMetric.Type.GAUGE) {
        families.put(
            metric, new GaugeMetricFamily(metric.prometheusName(), metric.help(), metric.labels()));
      }
    }
  }

  void put(OnwardMetric metric, double value, String... labelValues) {
    var family = families.get(metric);
    if (family == null) {
      throw new IllegalArgumentException(metric + " is no gauge");
    }
    family.addMetric(List.of(labelValues), value);
  }

  List<MetricFamilySamples> all() {
    return List.copyOf(families.values());
  }
}
