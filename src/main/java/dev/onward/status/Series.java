package dev.onward.status;

import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.List;
import java.util.function.Consumer;

/** Something that is counted, with the values of its metric's labels. */
sealed interface Series permits Tally, Spread {
  OnwardMetric metric();

  List<String> labelValues();

  /** As it is now, in the format's samples. */
  void sample(Consumer<Sample> to);
}
