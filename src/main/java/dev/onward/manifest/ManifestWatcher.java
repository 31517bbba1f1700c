package dev.onward.manifest;

import dev.onward.model.ProjectId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The manifests of one directory, kept up to date by asking for changes from time to time.
 *
 * <p>It looks instead of being told: {@link java.nio.file.WatchService} sees nothing of what
 * happens to a network mount, and loses its footing when a ConfigMap swaps a symlink. Looking costs
 * one listing and a few attributes a file.
 */
public final class ManifestWatcher {
  private final Supplier<DirectoryContents> directory;
  private final Predicate<ProjectId> selected;
  private Optional<DirectoryContents> taken = Optional.empty();
  private volatile Manifests current = Manifests.NONE;

  public ManifestWatcher(Path directory) {
    this(directory, project -> true);
  }

  /**
   * Of a directory's projects those that are selected; what is wrong with any manifest is told all
   * the same.
   */
  public ManifestWatcher(Path directory, Predicate<ProjectId> selected) {
    this(new ManifestDirectory(directory, InstantSource.system())::read, selected);
  }

  ManifestWatcher(Supplier<DirectoryContents> directory) {
    this(directory, project -> true);
  }

  private ManifestWatcher(Supplier<DirectoryContents> directory, Predicate<ProjectId> selected) {
    this.directory = directory;
    this.selected = selected;
  }

  /** As of the last {@link #poll}; {@link Manifests#NONE} before the first. From any thread. */
  public Manifests current() {
    return current;
  }

  /**
   * Looks at the directory and takes up what changed there. A directory that changes while it is
   * being read waits for the next poll, for half of a ConfigMap's swap asks for what nobody wants.
   *
   * @return what is different now, for the log; empty most of the time
   */
  public synchronized List<ManifestChange> poll() {
    DirectoryContents contents = directory.get();
    if (taken.equals(Optional.of(contents)) || !contents.equals(directory.get())) {
      return List.of();
    }
    Manifests before = current;
    Manifests after = ManifestReload.apply(contents, before).of(selected);
    current = after;
    taken = Optional.of(contents);
    return ManifestChange.between(before, after);
  }
}
