package dev.onward.status.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stores counters and histograms of projects and environments. There may be hundreds of thousands
 * of these series, and Micrometer's meters take five times the memory.
 */
final class HighCardinalitySeries {
  /**
   * From the lead time of a stage to that of a prod with gates. Few, as there is one histogram per
   * environment.
   */
  private static final List<Duration> LEAD_TIMES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(4),
          Duration.ofDays(1),
          Duration.ofDays(3),
          Duration.ofDays(7));

  private final Map<OnwardMetric, Set<Series>> series = new EnumMap<>(OnwardMetric.class);

  HighCardinalitySeries(CollectorRegistry registry) {
    List.of(
            OnwardMetric.CYCLES,
            OnwardMetric.RELEASES_CREATED,
            OnwardMetric.DEPLOYMENTS_RECORDED,
            OnwardMetric.PARAMETERS_WRITTEN,
            OnwardMetric.PUBLICATION_TO_CONVERGED,
            OnwardMetric.ROLLED_BACK_DEPLOYMENT_AGE,
            OnwardMetric.INTERVENTIONS)
        .forEach(
            metric -> {
              Set<Series> ofMetric = ConcurrentHashMap.newKeySet();
              series.put(metric, ofMetric);
              registry.register(new Family(metric, ofMetric));
            });
  }

  Tally tally(OnwardMetric metric, String... labelValues) {
    return added(new Tally(metric, checked(metric, labelValues)));
  }

  Spread spread(OnwardMetric metric, String... labelValues) {
    List<Duration> bounds = metric.type() == OnwardMetric.Type.HISTOGRAM ? LEAD_TIMES : List.of();
    return added(new Spread(metric, checked(metric, labelValues), bounds));
  }

  void remove(Series it) {
    of(it.metric).remove(it);
  }

  private <S extends Series> S added(S it) {
    of(it.metric).add(it);
    return it;
  }

  private Set<Series> of(OnwardMetric metric) {
    Set<Series> ofMetric = series.get(metric);
    if (ofMetric == null) {
      throw new IllegalArgumentException(metric + " is not counted here");
    }
    return ofMetric;
  }

  private static List<String> checked(OnwardMetric metric, String... labelValues) {
    if (metric.labels().size() != labelValues.length) {
      throw new IllegalArgumentException(
          "%s has the labels %s, not %s"
              .formatted(metric, metric.labels(), Arrays.toString(labelValues)));
    }
    return List.of(labelValues);
  }

  /** One metric, so that a scrape holds the samples of only one metric in memory at a time. */
  private static final class Family extends Collector implements Collector.Describable {
    private final OnwardMetric metric;
    private final Set<Series> series;

    Family(OnwardMetric metric, Set<Series> series) {
      this.metric = metric;
      this.series = series;
    }

    @Override
    public List<MetricFamilySamples> collect() {
      var samples = new ArrayList<Sample>();
      series.forEach(it -> it.sample(samples::add));
      return List.of(of(samples));
    }

    @Override
    public List<MetricFamilySamples> describe() {
      return List.of(of(List.of()));
    }

    private MetricFamilySamples of(List<Sample> samples) {
      return new MetricFamilySamples(
          metric.prometheusName(), type(metric.type()), metric.help(), samples);
    }

    private static Type type(OnwardMetric.Type type) {
      return switch (type) {
        case COUNTER -> Type.COUNTER;
        case HISTOGRAM -> Type.HISTOGRAM;
        case SUMMARY -> Type.SUMMARY;
        case GAUGE -> throw new IllegalArgumentException("a gauge counts nothing");
      };
    }
  }
}
