package dev.onward.status.metrics;

import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A counter series. */
final class Tally extends Series {
  private final AtomicLong count = new AtomicLong();

  Tally(OnwardMetric metric, List<String> labelValues) {
    super(metric, labelValues);
  }

  void increment() {
    increment(1);
  }

  void increment(long by) {
    count.addAndGet(by);
  }

  @Override
  void sample(Consumer<Sample> to) {
    to.accept(new Sample(metric.prometheusName(), metric.labels(), labelValues, count.get()));
  }
}
