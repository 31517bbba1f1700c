package dev.onward.query;

import dev.onward.model.ParameterName;
import dev.onward.store.Failure;
import dev.onward.store.ParameterStore;
import dev.onward.store.ParameterVersion;
import dev.onward.store.StoreException;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The retained history of parameters: SSM keeps 100 versions of each. Reading one costs a call or
 * two of the daemon's read rate. Histories are therefore cached until the parameter changes, few
 * are read concurrently, and all readers share a small rate.
 */
@ApplicationScoped
public class ParameterHistoryCache {
  static final int KEPT = 100;
  private static final int AT_ONCE = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Burst: two of the largest requests; afterwards this many histories a second. */
  static final int BURST = 100;

  private static final int A_SECOND = 5;

  /** What was read by then is cached, so the rest can be read by then. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final Bucket share;
  private final Semaphore permits = new Semaphore(AT_ONCE, true);

  /** The least recently used entry comes first. */
  private final Map<Key, List<ParameterVersion>> kept = new LinkedHashMap<>();

  @Inject
  ParameterHistoryCache() {
    this(TimeMeter.SYSTEM_NANOTIME);
  }

  ParameterHistoryCache(TimeMeter time) {
    share =
        Bucket.builder()
            .withCustomTimePrecision(time)
            .addLimit(limit -> limit.capacity(BURST).refillGreedy(A_SECOND, Duration.ofSeconds(1)))
            .build();
  }

  /**
   * A parameter at one version; a parameter that was deleted and recreated may repeat a version.
   */
  public record Key(ParameterName name, long version, Instant modifiedAt) {}

  /**
   * The retained versions, oldest first; throws {@link StoreException}, and {@link
   * TooManyRequestsException} if the rate is exceeded.
   */
  public List<ParameterVersion> of(Key key, ParameterStore store) {
    List<ParameterVersion> known = known(key);
    if (!known.isEmpty()) {
      return known;
    }
    if (!share.tryConsume(1)) {
      throw tooMany();
    }
    List<ParameterVersion> read = read(key.name(), store);
    keep(key, read);
    return read;
  }

  private List<ParameterVersion> read(ParameterName name, ParameterStore store) {
    try {
      if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw tooMany();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Failure.transientOne("the process is shutting down"), e);
    }
    try {
      return store.history(name);
    } finally {
      permits.release();
    }
  }

  private static TooManyRequestsException tooMany() {
    return new TooManyRequestsException(
        "too many parameter histories are being read; retry in %s seconds, or filter by service"
            .formatted(RETRY_AFTER.toSeconds()),
        RETRY_AFTER);
  }

  private synchronized List<ParameterVersion> known(Key key) {
    List<ParameterVersion> known = kept.remove(key);
    if (known == null) {
      return List.of();
    }
    kept.put(key, known);
    return known;
  }

  private synchronized void keep(Key key, List<ParameterVersion> versions) {
    kept.put(key, versions);
    if (kept.size() > KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
  }
}
