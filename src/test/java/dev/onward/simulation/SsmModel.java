package dev.onward.simulation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * Parameter Store, as far as it can surprise: listings in pages that may be short or empty and are
 * no snapshot, reads that see a moment ago, and writes under no condition.
 */
final class SsmModel {
  private static final int VERSIONS_KEPT = 100;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private final TreeMap<String, List<Version>> parameters = new TreeMap<>();
  private final LongSupplier time;
  private final LongFunction<Instant> calendar;
  private final NetworkConditions weather;
  private Witness witness = (name, version) -> {};

  /**
   * @param calendar the date of a moment
   */
  SsmModel(LongSupplier time, LongFunction<Instant> calendar, NetworkConditions weather) {
    this.time = time;
    this.calendar = calendar;
    this.weather = weather;
  }

  /** Is told of every write. */
  interface Witness {
    void written(String name, Version version);
  }

  /** One version of a parameter; the first since it was created is number 1. */
  record Version(
      long number,
      ParameterType type,
      String value,
      long at,
      Instant date,
      String user,
      Optional<String> description) {}

  /** A parameter as a read saw it. */
  record Seen(String name, Version version) {}

  /**
   * A page of a listing.
   *
   * @param next where the next begins; absent on the last
   * @param date AWS's, as its answers carry it
   */
  record Page(List<Seen> parameters, Optional<String> next, String date) {}

  void witness(Witness newWitness) {
    witness = newWitness;
  }

  /** Writes a String; a parameter of another type refuses that. */
  long put(String name, String value, String user, Optional<String> description) {
    if (current(name).filter(it -> it.type() != ParameterType.STRING).isPresent()) {
      throw AwsAnswers.otherType();
    }
    long number = current(name).map(it -> it.number() + 1).orElse(1L);
    return write(name, number, ParameterType.STRING, value, user, description);
  }

  /** Deletes a parameter and creates it anew, which is the only way to another type. */
  void replace(String name, ParameterType type, String value, String user) {
    write(name, 1, type, value, user, Optional.empty());
  }

  private long write(
      String name,
      long number,
      ParameterType type,
      String value,
      String user,
      Optional<String> description) {
    var versions = parameters.computeIfAbsent(name, it -> new ArrayList<>());
    Instant date = now().truncatedTo(ChronoUnit.MILLIS);
    var version = new Version(number, type, value, time.getAsLong(), date, user, description);
    versions.add(version);
    if (versions.size() > VERSIONS_KEPT) {
      versions.removeFirst();
    }
    witness.written(name, version);
    return number;
  }

  /** What is there now, for whoever knows everything. */
  Optional<Version> current(String name) {
    return versions(name).isEmpty() ? Optional.empty() : Optional.of(versions(name).getLast());
  }

  /** Everything that was ever written there, as far as it is kept. */
  List<Version> versions(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  Page list(String path, int most, Optional<String> after) {
    long asOf = time.getAsLong() - weather.readLag();
    String prefix = path + "/";
    var found = new ArrayList<Seen>();
    parameters
        .tailMap(after.orElse(prefix), after.isEmpty())
        .forEach(
            (name, versions) -> {
              if (name.startsWith(prefix)) {
                asOf(versions, asOf).ifPresent(version -> found.add(new Seen(name, version)));
              }
            });
    int size = Math.min(found.size(), weather.page(most));
    var page = new ArrayList<Seen>(found.subList(0, size));
    boolean more = size < found.size();
    Optional<String> next =
        more
            ? Optional.of(size == 0 ? after.orElse(prefix) + "\0" : page.getLast().name())
            : after.filter(it -> false);
    if (page.size() < most && weather.listsTwice()) {
      parameters
          .headMap(page.isEmpty() ? after.orElse(prefix) : page.getLast().name(), true)
          .forEach(
              (name, versions) -> {
                if (name.startsWith(prefix) && page.size() < most) {
                  before(versions).ifPresent(version -> page.add(new Seen(name, version)));
                }
              });
    }
    return new Page(List.copyOf(page), next, DATE.format(now()));
  }

  List<Version> history(String name) {
    long asOf = time.getAsLong() - weather.readLag();
    List<Version> seen = versions(name).stream().filter(it -> it.at() <= asOf).toList();
    int created = seen.size() - 1;
    while (created > 0 && seen.get(created - 1).number() < seen.get(created).number()) {
      created--;
    }
    return seen.subList(Math.max(0, created), seen.size());
  }

  private Instant now() {
    return calendar.apply(time.getAsLong());
  }

  /** The version before the last one, of the same parameter. */
  private static Optional<Version> before(List<Version> versions) {
    return versions.size() > 1 && versions.getLast().number() > 1
        ? Optional.of(versions.get(versions.size() - 2))
        : Optional.empty();
  }

  private static Optional<Version> asOf(List<Version> versions, long moment) {
    for (Version version : versions.reversed()) {
      if (version.at() <= moment) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }
}
