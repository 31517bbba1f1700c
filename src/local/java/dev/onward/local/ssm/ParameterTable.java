package dev.onward.local.ssm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All parameters, sorted by name, so that a listing touches only what it lists. Reads take no lock
 * and see whole parameters; writes take turns, so that a write's look at what is there and its
 * change are one step, and the journal has them in the order in which they happened.
 */
final class ParameterTable implements AutoCloseable {

  private final NavigableMap<String, StoredParameter> parameters;
  private final Optional<Journal> journal;
  private final ReentrantLock writing = new ReentrantLock();
  private long standardCount;

  private ParameterTable(
      NavigableMap<String, StoredParameter> parameters, Optional<Journal> journal) {
    this.parameters = parameters;
    this.journal = journal;
    this.standardCount = parameters.values().stream().mapToLong(ParameterTable::standard).sum();
  }

  static ParameterTable inMemory() {
    return new ParameterTable(new ConcurrentSkipListMap<>(), Optional.empty());
  }

  /**
   * With all that was journalled in this directory before.
   *
   * @throws IOException when the journal cannot be opened
   */
  static ParameterTable journalled(Path directory) throws IOException {
    NavigableMap<String, StoredParameter> parameters = new ConcurrentSkipListMap<>();
    return new ParameterTable(parameters, Optional.of(Journal.open(directory, parameters)));
  }

  boolean isEmpty() {
    return parameters.isEmpty();
  }

  Optional<StoredParameter> find(String key) {
    return Optional.ofNullable(parameters.get(key));
  }

  /**
   * Replaces a parameter by what the change makes of it, or leaves all as it was if that throws.
   */
  StoredParameter update(
      ParameterName name, Function<Optional<StoredParameter>, StoredParameter> change) {
    writing.lock();
    try {
      Optional<StoredParameter> before = find(name.key());
      StoredParameter after = change.apply(before);
      write(Journal.Line.changes(before, after));
      parameters.put(name.key(), after);
      standardCount += standard(after) - before.map(ParameterTable::standard).orElse(0L);
      return after;
    } finally {
      writing.unlock();
    }
  }

  Optional<StoredParameter> remove(String key) {
    writing.lock();
    try {
      Optional<StoredParameter> before = find(key);
      before.ifPresent(
          parameter -> {
            write(List.of(Journal.Line.removal(parameter)));
            parameters.remove(key);
            standardCount -= standard(parameter);
          });
      return before;
    } finally {
      writing.unlock();
    }
  }

  /** How many standard parameters there are; to be asked within a change only. */
  long standardCount() {
    if (!writing.isHeldByCurrentThread()) {
      throw new IllegalStateException("The count is stable only within a change");
    }
    return standardCount;
  }

  /**
   * Visits the parameters of one range in the order of their keys until the visitor has had enough.
   * Below a level that is not wanted it jumps over whole subtrees.
   *
   * @param after the key to go on from, itself excluded; empty to start
   * @param visit returns whether to go on
   */
  void walk(ListingRange range, String after, Predicate<StoredParameter> visit) {
    String prefix = range.prefix();
    var next = after.isEmpty() ? parameters.ceilingEntry(prefix) : parameters.higherEntry(after);
    while (next != null && next.getKey().startsWith(prefix)) {
      String key = next.getKey();
      int deeper = key.indexOf('/', prefix.length());
      if (!range.recursive() && deeper >= 0) {
        // '0' is the character after '/': the first key beyond this subtree.
        next = parameters.ceilingEntry(key.substring(0, deeper) + '0');
      } else if (visit.test(next.getValue())) {
        next = parameters.higherEntry(key);
      } else {
        return;
      }
    }
  }

  private void write(List<Journal.Line> lines) {
    if (journal.isPresent()) {
      try {
        journal.get().append(lines);
      } catch (IOException e) {
        throw new UncheckedIOException("The local AWS cannot write its journal", e);
      }
    }
  }

  private static long standard(StoredParameter parameter) {
    return parameter.latest().tier() == Tier.STANDARD ? 1L : 0L;
  }

  @Override
  public void close() throws IOException {
    if (journal.isPresent()) {
      journal.get().close();
    }
  }
}
