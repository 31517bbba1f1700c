package dev.onward.reconcile;

import dev.onward.store.IdempotencyStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A ledger of requests in memory. */
public final class MemoryIdempotencyStore implements IdempotencyStore {
  private final Map<String, Entry> entries = new HashMap<>();
  private final InstantSource clock;

  private record Entry(String fingerprint, Instant until, Optional<Answer> answer) {}

  public MemoryIdempotencyStore() {
    this(InstantSource.system());
  }

  public MemoryIdempotencyStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Claim claim(String key, String fingerprint) {
    Instant now = clock.instant();
    entries.values().removeIf(entry -> !entry.until().isAfter(now));
    Entry entry =
        entries.putIfAbsent(key, new Entry(fingerprint, now.plus(REMEMBERED), Optional.empty()));
    if (entry == null) {
      return new Claim.Taken();
    }
    if (!entry.fingerprint().equals(fingerprint)) {
      return new Claim.OtherRequest();
    }
    return entry.answer().<Claim>map(Claim.Answered::new).orElseGet(Claim.UnderWay::new);
  }

  @Override
  public synchronized void answer(String key, String fingerprint, Answer answer) {
    entries.computeIfPresent(
        key,
        (same, entry) ->
            entry.fingerprint().equals(fingerprint)
                ? new Entry(fingerprint, entry.until(), Optional.of(answer.kept()))
                : entry);
  }

  @Override
  public synchronized void release(String key, String fingerprint) {
    entries.computeIfPresent(
        key,
        (same, entry) ->
            entry.fingerprint().equals(fingerprint) && entry.answer().isEmpty() ? null : entry);
  }
}
