package dev.onward.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.onward.model.AuditEvent;
import dev.onward.model.InvalidValueException;
import dev.onward.store.AuditTrail;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** An audit trail in memory. */
public final class MemoryAuditTrail implements AuditTrail {
  private final TreeMap<Key, AuditEvent> events =
      new TreeMap<>(Comparator.comparing(Key::at).thenComparingInt(Key::number));

  private record Key(Instant at, int number) {}

  @Override
  public synchronized Page page(int limit, Optional<String> cursor) {
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw new InvalidValueException("limit", "" + limit, "1 to " + LARGEST_PAGE);
    }
    var older =
        cursor
            .map(MemoryAuditTrail::parsed)
            .map(key -> events.headMap(key, false))
            .orElse(events)
            .descendingMap();
    List<Key> keys = older.keySet().stream().limit(limit).toList();
    return new Page(
        keys.stream().map(events::get).toList(),
        older.size() > limit ? Optional.of(text(keys.getLast())) : Optional.empty());
  }

  @Override
  public synchronized void note(AuditEvent event) {
    events.put(new Key(event.at(), events.size()), event);
  }

  /** Every event, oldest first. */
  public synchronized List<AuditEvent> events() {
    return List.copyOf(events.values());
  }

  private static String text(Key key) {
    String plain = key.at() + "#" + key.number();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
  }

  private static Key parsed(String cursor) {
    try {
      String[] parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split("#", 2);
      return new Key(Instant.parse(parts[0]), Integer.parseInt(parts[parts.length - 1]));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new InvalidValueException("cursor", cursor, "the cursor of an earlier page, or none");
    }
  }
}
