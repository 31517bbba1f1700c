package dev.onward.query;

import dev.onward.model.release.ReleaseId;
import dev.onward.query.DeploymentLog.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The position at which a page of deployments ended.
 *
 * @param last the last deployment listed; absent if there was none
 * @param upTo every release deployed after this time was read, apart from the pending ones
 * @param pending releases that were read and have older deployments
 */
record LogPosition(Optional<Spot> last, Optional<Instant> upTo, List<ReleaseId> pending) {
  static final LogPosition NEWEST = new LogPosition(Optional.empty(), Optional.empty(), List.of());

  private static final String KIND = "deployments";
  private static final String NOTHING = "";

  /** A deployment's position in the order. */
  record Spot(Instant at, ReleaseId release, int index) {
    private static final Comparator<Spot> NEWEST_FIRST =
        Comparator.comparing(Spot::at)
            .thenComparing(Spot::release)
            .thenComparingInt(Spot::index)
            .reversed();

    static Spot of(Entry entry) {
      return new Spot(entry.deployment().createdAt(), entry.release().id(), entry.index());
    }
  }

  /** Whether a deployment comes after this position. */
  boolean isBefore(Entry entry) {
    return last.filter(spot -> Spot.NEWEST_FIRST.compare(spot, Spot.of(entry)) >= 0).isEmpty();
  }

  static LogPosition parse(String text) {
    return Cursor.parse(KIND, text, LogPosition::read);
  }

  private static LogPosition read(List<String> parts) {
    return new LogPosition(
        moment(parts.get(1))
            .map(at -> new Spot(at, new ReleaseId(parts.get(2)), Integer.parseInt(parts.get(3)))),
        moment(parts.get(0)),
        parts.subList(4, parts.size()).stream()
            .limit(DeploymentLog.MOST_PENDING)
            .map(ReleaseId::new)
            .toList());
  }

  String text() {
    var parts = new ArrayList<String>();
    parts.add(upTo.map(Instant::toString).orElse(NOTHING));
    parts.add(last.map(spot -> spot.at().toString()).orElse(NOTHING));
    parts.add(last.map(spot -> spot.release().value()).orElse(NOTHING));
    parts.add(last.map(spot -> Integer.toString(spot.index())).orElse(NOTHING));
    pending.forEach(id -> parts.add(id.value()));
    return Cursor.of(KIND, parts);
  }

  /** Accepts years of four digits only; arithmetic on others may overflow. */
  private static Optional<Instant> moment(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!Character.isDigit(text.charAt(0))) {
      throw new IllegalArgumentException(text);
    }
    return Optional.of(Instant.parse(text));
  }
}
