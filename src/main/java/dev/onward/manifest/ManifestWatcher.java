package dev.onward.manifest;

import dev.onward.model.ProjectId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The manifests of one directory, kept up to date by asking for changes from time to time. They are
 * read in a thread of their own, so that whoever asks has the last good ones however long it takes.
 *
 * <p>It looks instead of being told: {@link java.nio.file.WatchService} sees nothing of what
 * happens to a network mount, and loses its footing when a ConfigMap swaps a symlink. Looking costs
 * one listing and a few attributes a file.
 */
public final class ManifestWatcher {
  private static final Duration LONG_PATIENCE = Duration.ofSeconds(30);

  private final Supplier<DirectoryContents> directory;
  private final Predicate<ProjectId> selected;
  private final Duration patience;
  private Optional<DirectoryContents> taken = Optional.empty();
  private Optional<FutureTask<Optional<Reading>>> underWay = Optional.empty();
  private volatile Manifests current = Manifests.NONE;

  public ManifestWatcher(Path directory) {
    this(directory, project -> true);
  }

  public ManifestWatcher(Path directory, Predicate<ProjectId> selected) {
    this(directory, selected, LONG_PATIENCE);
  }

  /**
   * Of a directory's projects those that are selected; what is wrong with any manifest is told all
   * the same.
   *
   * @param patience how long the {@link #poll} that begins to read waits for the end of it
   */
  public ManifestWatcher(Path directory, Predicate<ProjectId> selected, Duration patience) {
    this(new ManifestDirectory(directory, InstantSource.system())::read, selected, patience);
  }

  ManifestWatcher(Supplier<DirectoryContents> directory, Duration patience) {
    this(directory, project -> true, patience);
  }

  private ManifestWatcher(
      Supplier<DirectoryContents> directory, Predicate<ProjectId> selected, Duration patience) {
    this.directory = directory;
    this.selected = selected;
    this.patience = patience;
  }

  /** As of the last {@link #poll}; {@link Manifests#NONE} before the first. From any thread. */
  public Manifests current() {
    return current;
  }

  /** Whether the directory was ever read to the end. */
  public synchronized boolean hasRead() {
    return taken.isPresent();
  }

  /** Whether the last {@link #poll} left before the reading that it waited for had ended. */
  public synchronized boolean isReading() {
    return underWay.isPresent();
  }

  /**
   * Looks at the directory and takes up what changed there. What takes longer than this waits is
   * taken up by a later poll. So is a directory that changes while it is being read, for half of a
   * ConfigMap's swap asks for what nobody wants.
   *
   * @return what is different now, for the log; empty most of the time
   */
  public synchronized List<ManifestChange> poll() {
    Duration wait = underWay.isPresent() ? Duration.ZERO : patience;
    FutureTask<Optional<Reading>> task = underWay.orElseGet(this::begin);
    underWay = Optional.of(task);
    Optional<Reading> read;
    try {
      read = task.get(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException e) {
      underWay = Optional.empty();
      throw new IllegalStateException("the manifests cannot be read", e.getCause());
    }
    underWay = Optional.empty();
    return read.map(this::take).orElse(List.of());
  }

  private List<ManifestChange> take(Reading read) {
    Manifests before = current;
    current = read.manifests();
    taken = Optional.of(read.contents());
    return ManifestChange.between(before, current);
  }

  private FutureTask<Optional<Reading>> begin() {
    Optional<DirectoryContents> known = taken;
    Manifests before = current;
    var task = new FutureTask<>(() -> read(known, before));
    Thread.ofPlatform().daemon().name("manifests").start(task);
    return task;
  }

  private Optional<Reading> read(Optional<DirectoryContents> known, Manifests before) {
    DirectoryContents contents = directory.get();
    if (known.equals(Optional.of(contents)) || !contents.equals(directory.get())) {
      return Optional.empty();
    }
    return Optional.of(new Reading(contents, ManifestReload.apply(contents, before).of(selected)));
  }

  /** What a directory asks for. */
  private record Reading(DirectoryContents contents, Manifests manifests) {}
}
