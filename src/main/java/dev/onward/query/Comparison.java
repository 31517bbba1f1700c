package dev.onward.query;

import dev.onward.model.ServiceId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What differs between two releases, labels or environments, service by service. */
public record Comparison(Side from, Side to, List<Difference> services) {
  public Comparison {
    services = List.copyOf(services);
  }

  /** What became of a service on the way from one side to the other. */
  public enum Change {
    ADDED,
    REMOVED,
    CHANGED,
    SAME
  }

  /** One service on both sides. */
  public record Difference(
      ServiceId service, Optional<Located> from, Optional<Located> to, Change change) {}

  public static Comparison of(Side from, Side to) {
    var services = new TreeSet<>(from.images().keySet());
    services.addAll(to.images().keySet());
    return new Comparison(
        from, to, services.stream().map(service -> difference(service, from, to)).toList());
  }

  public long count(Change change) {
    return services.stream().filter(it -> it.change() == change).count();
  }

  private static Difference difference(ServiceId service, Side from, Side to) {
    Optional<Located> before = Optional.ofNullable(from.images().get(service));
    Optional<Located> after = Optional.ofNullable(to.images().get(service));
    return new Difference(service, before, after, change(before, after));
  }

  private static Change change(Optional<Located> before, Optional<Located> after) {
    if (before.isEmpty()) {
      return Change.ADDED;
    }
    if (after.isEmpty()) {
      return Change.REMOVED;
    }
    return before.map(Located::text).equals(after.map(Located::text))
        ? Change.SAME
        : Change.CHANGED;
  }
}
