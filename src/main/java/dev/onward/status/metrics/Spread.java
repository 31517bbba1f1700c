package dev.onward.status.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A duration series: a histogram, or without bounds only count and sum. */
final class Spread extends Series {
  private static final double NANOS = 1e9;

  private final List<Duration> bounds;
  private final long[] within;
  private long count;
  private double seconds;

  /**
   * @param bounds the upper bounds of the buckets, ascending
   */
  Spread(OnwardMetric metric, List<String> labelValues, List<Duration> bounds) {
    super(metric, labelValues);
    this.bounds = bounds;
    this.within = new long[bounds.size()];
  }

  synchronized void record(Duration took) {
    count++;
    seconds += took.toNanos() / NANOS;
    for (int i = 0; i < within.length; i++) {
      if (took.compareTo(bounds.get(i)) <= 0) {
        within[i]++;
      }
    }
  }

  @Override
  synchronized void sample(Consumer<Sample> to) {
    String name = metric.prometheusName();
    if (!bounds.isEmpty()) {
      for (int i = 0; i < within.length; i++) {
        to.accept(bucket(bounds.get(i).toNanos() / NANOS, within[i]));
      }
      to.accept(bucket(Double.POSITIVE_INFINITY, count));
    }
    to.accept(new Sample(name + "_count", metric.labels(), labelValues, count));
    to.accept(new Sample(name + "_sum", metric.labels(), labelValues, seconds));
  }

  private Sample bucket(double bound, long reached) {
    return new Sample(
        metric.prometheusName() + "_bucket",
        with(metric.labels(), "le"),
        with(labelValues, Collector.doubleToGoString(bound)),
        reached);
  }

  private static List<String> with(List<String> all, String last) {
    var more = new ArrayList<String>(all.size() + 1);
    more.addAll(all);
    more.add(last);
    return more;
  }
}
