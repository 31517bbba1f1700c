package dev.onward.local.ssm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What survives a restart: a file of JSON lines, one a change, written before the change is seen.
 * Opening it reads all lines and replaces the file, in one atomic move, by what they come to.
 *
 * <p>A line is with the operating system once {@link #append} returns: the process may be killed at
 * any moment. It is forced to the disk only at opening: good enough for development.
 */
final class Journal implements AutoCloseable {

  /**
   * One change.
   *
   * @param name the parameter's name as it was given
   * @param version added, or put in the place of the one with its number; absent when the parameter
   *     was deleted
   */
  record Line(String name, Optional<ParameterVersion> version) {

    static List<Line> changes(Optional<StoredParameter> before, StoredParameter after) {
      List<ParameterVersion> known = before.map(StoredParameter::versions).orElse(List.of());
      return after.versions().stream()
          .filter(version -> !known.contains(version))
          .map(version -> new Line(after.name().value(), Optional.of(version)))
          .toList();
    }

    static Line removal(StoredParameter parameter) {
      return new Line(parameter.name().value(), Optional.empty());
    }

    private void applyTo(Map<String, StoredParameter> parameters) {
      ParameterName parameterName = new ParameterName(name);
      String key = parameterName.key();
      if (version.isEmpty()) {
        parameters.remove(key);
        return;
      }
      ParameterVersion changed = version.get();
      StoredParameter before = parameters.get(key);
      if (before == null) {
        parameters.put(key, new StoredParameter(parameterName, List.of(changed)));
      } else if (before.version(changed.version()).isPresent()) {
        parameters.put(key, before.replace(changed));
      } else {
        parameters.put(key, before.plus(changed));
      }
    }
  }

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().addModule(new Jdk8Module()).addModule(new JavaTimeModule()).build();

  private final FileChannel lock;
  private final FileChannel lines;

  private Journal(FileChannel lock, FileChannel lines) {
    this.lock = lock;
    this.lines = lines;
  }

  /**
   * Opens or creates the journal of a directory.
   *
   * @param parameters filled with what the journal holds, by key
   * @throws IOException when another local AWS has it open, a line in it is broken, or the disk
   *     fails
   */
  static Journal open(Path directory, Map<String, StoredParameter> parameters) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("parameters.jsonl");
    FileChannel lock = FileChannel.open(directory.resolve("lock"), CREATE, WRITE);
    try {
      if (!acquired(lock)) {
        throw new IOException("Another local AWS is using the data directory " + directory);
      }
      if (Files.exists(file)) {
        replay(file, parameters);
      }
      compact(file, parameters);
      return new Journal(lock, FileChannel.open(file, WRITE, APPEND));
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static boolean acquired(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void replay(Path file, Map<String, StoredParameter> parameters)
      throws IOException {
    String text = Files.readString(file);
    // What follows the last line end is a write that the process did not live to finish.
    List<String> complete = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    for (int i = 0; i < complete.size(); i++) {
      try {
        MAPPER.readValue(complete.get(i), Line.class).applyTo(parameters);
      } catch (JsonProcessingException e) {
        throw new IOException("Line %s of %s is broken".formatted(i + 1, file), e);
      }
    }
  }

  private static void compact(Path file, Map<String, StoredParameter> parameters)
      throws IOException {
    Path fresh = file.resolveSibling("parameters.jsonl.new");
    try (FileChannel channel = FileChannel.open(fresh, CREATE, WRITE, TRUNCATE_EXISTING)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
      for (StoredParameter parameter : parameters.values()) {
        out.write(bytes(Line.changes(Optional.empty(), parameter)));
      }
      out.flush();
      channel.force(true);
    }
    Files.move(fresh, file, ATOMIC_MOVE);
  }

  /** Writes these lines, all in one go. */
  void append(List<Line> changes) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(changes));
    while (bytes.hasRemaining()) {
      lines.write(bytes);
    }
  }

  private static byte[] bytes(List<Line> changes) throws JsonProcessingException {
    StringBuilder text = new StringBuilder();
    for (Line line : changes) {
      text.append(MAPPER.writeValueAsString(line)).append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }

  @Override
  public void close() throws IOException {
    lines.close();
    lock.close();
  }
}
