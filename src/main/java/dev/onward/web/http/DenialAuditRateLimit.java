package dev.onward.web.http;

import dev.onward.model.Requester;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much of what is refused goes to the tables, which keep it for good. Each who is known has a
 * share of their own, so that nobody crowds another out of the record; those whom nobody knows have
 * a small one together.
 */
final class DenialAuditRateLimit {
  static final int OF_ONE = 60;
  static final int OF_ALL = 600;
  static final int OF_UNKNOWN = 6;

  /** Names cost nothing where nobody proves them. */
  static final int REMEMBERED = 1_000;

  private final TimeMeter time;
  private final Bucket ofAll;
  private final Bucket ofUnknown;

  /** By id; the longest not refused anything comes first. */
  private final Map<String, Bucket> ofOne = new LinkedHashMap<>();

  DenialAuditRateLimit(TimeMeter time) {
    this.time = time;
    this.ofAll = aMinute(OF_ALL);
    this.ofUnknown = aMinute(OF_UNKNOWN);
  }

  /** Whether one more goes to the tables. */
  boolean take(Optional<Requester> who) {
    return who.map(it -> ofOne(it.id()).tryConsume(1) && ofAll.tryConsume(1))
        .orElseGet(() -> ofUnknown.tryConsume(1));
  }

  private synchronized Bucket ofOne(String id) {
    Bucket known = ofOne.remove(id);
    Bucket bucket = known == null ? aMinute(OF_ONE) : known;
    ofOne.put(id, bucket);
    if (ofOne.size() > REMEMBERED) {
      ofOne.remove(ofOne.keySet().iterator().next());
    }
    return bucket;
  }

  private Bucket aMinute(int refusals) {
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(limit -> limit.capacity(refusals).refillGreedy(refusals, Duration.ofMinutes(1)))
        .build();
  }
}
