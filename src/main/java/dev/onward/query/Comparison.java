package dev.onward.query;

import dev.onward.model.ServiceId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The differences between two releases, labels or environments, service by service. */
public record Comparison(ComparisonSide from, ComparisonSide to, List<Difference> services) {
  public Comparison {
    services = List.copyOf(services);
  }

  /** How a service changed from one side to the other. */
  public enum Change {
    ADDED,
    REMOVED,
    CHANGED,
    SAME
  }

  /** One service on both sides. */
  public record Difference(
      ServiceId service, Optional<LocatedImage> from, Optional<LocatedImage> to, Change change) {}

  public static Comparison of(ComparisonSide from, ComparisonSide to) {
    var services = new TreeSet<>(from.images().keySet());
    services.addAll(to.images().keySet());
    return new Comparison(
        from, to, services.stream().map(service -> difference(service, from, to)).toList());
  }

  public long count(Change change) {
    return services.stream().filter(it -> it.change() == change).count();
  }

  private static Difference difference(ServiceId service, ComparisonSide from, ComparisonSide to) {
    Optional<LocatedImage> before = Optional.ofNullable(from.images().get(service));
    Optional<LocatedImage> after = Optional.ofNullable(to.images().get(service));
    return new Difference(service, before, after, change(before, after));
  }

  private static Change change(Optional<LocatedImage> before, Optional<LocatedImage> after) {
    if (before.isEmpty()) {
      return Change.ADDED;
    }
    if (after.isEmpty()) {
      return Change.REMOVED;
    }
    return before.map(LocatedImage::text).equals(after.map(LocatedImage::text))
        ? Change.SAME
        : Change.CHANGED;
  }
}
