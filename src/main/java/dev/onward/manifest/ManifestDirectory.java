package dev.onward.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.onward.manifest.document.Excerpt;
import dev.onward.manifest.document.Format;
import dev.onward.manifest.reader.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the manifest files of one directory, and reads a file again only when it may have changed.
 * A file whose reading does not end, such as a link to a device, is unreadable, and the others are
 * read all the same.
 *
 * <p>A file's stamp (where its name really leads, size, modification time, inode) tells that, with
 * one exception: two writes within one tick of the file system's clock can leave the same stamp. So
 * the stamp of a file that was young when it was read is not believed, and the file is read again;
 * git treats its index entries the same way ("racily clean").
 */
final class ManifestDirectory {
  static final int MAX_BYTES = 1024 * 1024;

  /** Wide enough for coarse clocks, and for a file server's clock that is not quite ours. */
  static final Duration YOUNG = Duration.ofMinutes(1);

  /**
   * A disk answers in milliseconds, a file server in seconds; what lets wait longer, may for ever.
   */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path directory;
  private final InstantSource clock;
  private final TimeLimitedReader reads;
  private final Opener opener;
  private Map<String, ReadFile> known = Map.of();

  /** Opens a file. */
  interface Opener {
    InputStream open(Path path) throws IOException;
  }

  ManifestDirectory(Path directory, InstantSource clock) {
    this(directory, clock, new TimeLimitedReader(PATIENCE), Files::newInputStream);
  }

  ManifestDirectory(Path directory, InstantSource clock, TimeLimitedReader reads, Opener opener) {
    this.directory = directory;
    this.clock = clock;
    this.reads = reads;
    this.opener = opener;
  }

  DirectoryContents read() {
    var files = new HashMap<String, ReadFile>();
    var contents = new ArrayList<SourceFile>();
    try {
      for (String name : reads.read(directory, this::names)) {
        contents.add(source(name, files));
      }
    } catch (IOException e) {
      return new DirectoryContents.Unreadable(directory.toString(), reason(e));
    }
    known = files;
    return new DirectoryContents.Listed(directory.toString(), contents);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> Format.isManifest(String.valueOf(entry.getFileName())))
          .filter(entry -> !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
          .map(entry -> String.valueOf(entry.getFileName()))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private SourceFile source(String name, Map<String, ReadFile> files) {
    Path path = directory.resolve(name);
    Optional<ReadFile> before = Optional.ofNullable(known.get(name));
    try {
      ReadFile read = reads.read(Link.of(path), () -> file(name, path, before));
      files.put(name, read);
      return read.source();
    } catch (IOException e) {
      return new SourceFile(
          name, new SourceFile.Content.Unreadable(reason(e), "a file that Onward can read"));
    }
  }

  private ReadFile file(String name, Path path, Optional<ReadFile> before) throws IOException {
    Instant now = clock.instant();
    Stamp stamp = Stamp.of(path);
    if (before.isPresent() && before.get().stillHolds(stamp)) {
      return before.get();
    }
    return new ReadFile(new SourceFile(name, content(path)), stamp, now);
  }

  private SourceFile.Content content(Path path) throws IOException {
    if (!Files.isRegularFile(path)) { // reading a pipe would wait for its writer
      return new SourceFile.Content.Unreadable("no regular file", "a regular file");
    }
    byte[] bytes;
    try (InputStream in = opener.open(path)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      return new SourceFile.Content.Unreadable(
          String.format(Locale.ROOT, "more than %,d bytes", MAX_BYTES),
          String.format(Locale.ROOT, "at most %,d bytes", MAX_BYTES));
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new SourceFile.Content.Text(
          text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text);
    } catch (CharacterCodingException e) {
      return new SourceFile.Content.Unreadable("bytes that are not UTF-8", "UTF-8 text");
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "nothing there";
      case NotDirectoryException _ -> "no directory";
      case AccessDeniedException _ -> "no permission to read it";
      default -> Excerpt.of(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    };
  }

  private record ReadFile(SourceFile source, Stamp stamp, Instant readAt) {
    boolean stillHolds(Stamp now) {
      return stamp.equals(now) && stamp.modified().plus(YOUNG).isBefore(readAt);
    }
  }

  /**
   * What a name in the directory is, told without following it: whoever mends a file that could not
   * be read changes that.
   */
  private record Link(Path path, Instant modified, @Nullable Object inode) {
    static Link of(Path path) throws IOException {
      var attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Link(path, attributes.lastModifiedTime().toInstant(), attributes.fileKey());
    }
  }

  /**
   * @param realPath changes when a ConfigMap's {@code ..data} is swapped
   * @param inode changes when a file is replaced by another; null where the file system has none
   */
  private record Stamp(Path realPath, long size, Instant modified, @Nullable Object inode) {
    static Stamp of(Path path) throws IOException {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(
          path.toRealPath(),
          attributes.size(),
          attributes.lastModifiedTime().toInstant(),
          attributes.fileKey());
    }
  }
}
