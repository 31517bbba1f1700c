package dev.onward.reconcile.check;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Caches recently used entries: 1,000 at most, each for a day after its last use. */
final class Recent<K, V> {
  static final int LIMIT = 1_000;
  static final Duration KEPT = Duration.ofDays(1);

  private final LongSupplier nanoTime;

  /** The least recently used entry comes first. */
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

  Recent(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Entry<V>(V value, long askedAt) {}

  Optional<V> get(K key) {
    forgetTheOld();
    Entry<V> entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    put(key, entry.value());
    return Optional.of(entry.value());
  }

  void put(K key, V value) {
    entries.remove(key);
    entries.put(key, new Entry<>(value, nanoTime.getAsLong()));
    if (entries.size() > LIMIT) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  private void forgetTheOld() {
    long now = nanoTime.getAsLong();
    Iterator<Entry<V>> oldestFirst = entries.values().iterator();
    while (oldestFirst.hasNext() && now - oldestFirst.next().askedAt() > KEPT.toNanos()) {
      oldestFirst.remove();
    }
  }
}
