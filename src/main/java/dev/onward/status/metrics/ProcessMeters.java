package dev.onward.status.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;

/** Registers the process-wide counters and histograms with Micrometer. */
final class ProcessMeters {
  static final Duration[] REQUEST_TIMES = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  static final Duration[] CYCLE_TIMES = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5)
  };

  private final MeterRegistry registry;

  ProcessMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  Counter counter(OnwardMetric metric, String... labelValues) {
    return Counter.builder(metric.prometheusName())
        .description(metric.help())
        .tags(tags(metric, labelValues))
        .register(registry);
  }

  Timer histogram(OnwardMetric metric, Duration[] buckets, String... labelValues) {
    return Timer.builder(metric.prometheusName())
        .description(metric.help())
        .tags(tags(metric, labelValues))
        .serviceLevelObjectives(buckets)
        .register(registry);
  }

  private static Tags tags(OnwardMetric metric, String... labelValues) {
    var labels = metric.labels();
    if (labels.size() != labelValues.length) {
      throw new IllegalArgumentException(
          "%s has the labels %s, not %s".formatted(metric, labels, Arrays.toString(labelValues)));
    }
    var tags = new Tag[labelValues.length];
    for (int i = 0; i < tags.length; i++) {
      tags[i] = Tag.of(labels.get(i), labelValues[i]);
    }
    return Tags.of(tags);
  }
}
