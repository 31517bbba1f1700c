package dev.onward.status.metrics;

import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.List;
import java.util.function.Consumer;

/** Something that is counted, with the values of its metric's labels. */
abstract sealed class Series permits Tally, Spread {
  final OnwardMetric metric;
  final List<String> labelValues;

  Series(OnwardMetric metric, List<String> labelValues) {
    this.metric = metric;
    this.labelValues = labelValues;
  }

  /** As it is now, in the format's samples. */
  abstract void sample(Consumer<Sample> to);
}
