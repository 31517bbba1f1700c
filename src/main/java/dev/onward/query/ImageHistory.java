package dev.onward.query;

import dev.onward.model.InvalidValueException;
import dev.onward.model.ServiceId;
import dev.onward.store.ParameterVersion;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The history of some services' images under a label or in an environment, newest first. */
public final class ImageHistory {
  private static final String KIND = "history";

  private ImageHistory() {}

  /** One version of a service's parameter. */
  public record Entry(ServiceId service, ParameterVersion version) {
    static final Comparator<Entry> NEWEST_FIRST =
        Comparator.comparing((Entry entry) -> entry.version().lastModified())
            .reversed()
            .thenComparing(Entry::service)
            .thenComparing(Comparator.comparingLong((Entry e) -> e.version().version()).reversed());
  }

  /**
   * A page of the history.
   *
   * @param cursor opaque; absent on the last page
   */
  public record Page(List<Entry> entries, Optional<String> cursor) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /**
   * A page of the services' merged histories; throws {@link InvalidValueException} for an invalid
   * cursor.
   *
   * @param history of a service
   */
  public static Page page(
      Collection<ServiceId> services,
      Function<ServiceId, List<ParameterVersion>> history,
      int limit,
      Optional<String> cursor) {
    Optional<Entry> after = cursor.map(ImageHistory::parse);
    List<Entry> rest =
        services.stream()
            .flatMap(service -> history.apply(service).stream().map(v -> new Entry(service, v)))
            .filter(
                entry -> after.filter(it -> Entry.NEWEST_FIRST.compare(entry, it) <= 0).isEmpty())
            .sorted(Entry.NEWEST_FIRST)
            .limit(limit + 1L)
            .toList();
    List<Entry> page = rest.subList(0, Math.min(limit, rest.size()));
    return new Page(
        page, rest.size() > limit ? Optional.of(text(page.getLast())) : Optional.empty());
  }

  private static String text(Entry last) {
    return Cursor.of(
        KIND,
        List.of(
            last.version().lastModified().toString(),
            last.service().value(),
            Long.toString(last.version().version())));
  }

  private static Entry parse(String text) {
    return Cursor.parse(
        KIND,
        text,
        parts ->
            new Entry(
                new ServiceId(parts.get(1)),
                new ParameterVersion(
                    Long.parseLong(parts.get(2)),
                    "",
                    Instant.parse(parts.get(0)),
                    Optional.empty(),
                    Optional.empty())));
  }
}
