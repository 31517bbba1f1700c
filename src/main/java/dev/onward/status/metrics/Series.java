package dev.onward.status.metrics;

import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.List;
import java.util.function.Consumer;

/** One time series, with the values of its metric's labels. */
abstract sealed class Series permits Tally, Spread {
  final OnwardMetric metric;
  final List<String> labelValues;

  Series(OnwardMetric metric, List<String> labelValues) {
    this.metric = metric;
    this.labelValues = labelValues;
  }

  /** Its current samples. */
  abstract void sample(Consumer<Sample> to);
}
