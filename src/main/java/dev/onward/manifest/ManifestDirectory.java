package dev.onward.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the manifest files of one directory, and reads a file again only when it may have changed.
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

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path directory;
  private final InstantSource clock;
  private Map<String, ReadFile> known = Map.of();

  ManifestDirectory(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  DirectoryContents read() {
    var files = new HashMap<String, ReadFile>();
    var contents = new ArrayList<SourceFile>();
    try {
      for (String name : names()) {
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
          .filter(entry -> !Files.isDirectory(entry))
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> Format.ofFile(name).isPresent())
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private SourceFile source(String name, Map<String, ReadFile> files) {
    Path path = directory.resolve(name);
    Instant now = clock.instant();
    try {
      Stamp stamp = Stamp.of(path);
      ReadFile before = known.get(name);
      if (before != null && before.stillHolds(stamp)) {
        files.put(name, before);
        return before.source();
      }
      SourceFile source = new SourceFile(name, Format.ofFile(name).orElseThrow(), content(path));
      files.put(name, new ReadFile(source, stamp, now));
      return source;
    } catch (IOException e) {
      return new SourceFile(
          name,
          Format.ofFile(name).orElseThrow(),
          new SourceFile.Content.Unreadable(reason(e), "a file that Onward can read"));
    }
  }

  private static SourceFile.Content content(Path path) throws IOException {
    if (!Files.isRegularFile(path)) { // reading a pipe would wait for its writer
      return new SourceFile.Content.Unreadable("no regular file", "a regular file");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
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
