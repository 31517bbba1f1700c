package dev.onward.packaged;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a Dockerfile says, as far as the tests' reading of ours goes. */
record Dockerfile(List<Instruction> instructions) {
  private static final Path OURS = Path.of("src", "main", "docker", "Dockerfile.jvm");
  private static final Pattern FLAG = Pattern.compile("^--(\\S+)\\s+");

  Dockerfile {
    instructions = List.copyOf(instructions);
  }

  static Dockerfile ours() {
    try {
      return parse(Files.readString(OURS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Dockerfile parse(String text) {
    String withoutComments =
        text.lines()
            .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
            .collect(Collectors.joining("\n"));
    return new Dockerfile(
        withoutComments.replaceAll("\\\\\n\\s*", "").lines().map(Instruction::parse).toList());
  }

  Stream<Instruction> named(String name) {
    return instructions.stream().filter(instruction -> instruction.name().equals(name));
  }

  /** The one instruction of that name. */
  Instruction the(String name) {
    List<Instruction> found = named(name).toList();
    if (found.size() != 1) {
      throw new AssertionError("expected one %s, found %s".formatted(name, found));
    }
    return found.getFirst();
  }

  /**
   * One instruction.
   *
   * @param flags what stands before the arguments, without the dashes
   */
  record Instruction(String name, List<String> flags, String arguments) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Instruction parse(String line) {
      String[] parts = line.strip().split("\\s+", 2);
      var flags = new ArrayList<String>();
      String rest = parts[1];
      for (Matcher flag = FLAG.matcher(rest); flag.find(); flag = FLAG.matcher(rest)) {
        flags.add(flag.group(1));
        rest = rest.substring(flag.end());
      }
      return new Instruction(parts[0], List.copyOf(flags), rest);
    }

    /** The arguments in exec form, empty if they would be given to a shell. */
    Optional<List<String>> exec() {
      if (!arguments.startsWith("[")) {
        return Optional.empty();
      }
      try {
        return Optional.of(List.of(JSON.readValue(arguments, String[].class)));
      } catch (JsonProcessingException e) {
        throw new AssertionError("not in exec form: " + arguments, e);
      }
    }

    List<String> words() {
      return List.of(arguments.split("\\s+"));
    }

    /** What is mounted while the instruction is carried out. */
    List<Mount> mounts() {
      return flags.stream()
          .filter(flag -> flag.startsWith("mount="))
          .map(flag -> Mount.parse(flag.substring("mount=".length())))
          .toList();
    }
  }

  /**
   * A mount.
   *
   * @param source in the build's context; empty for a new file system in memory
   */
  record Mount(Optional<String> source, String target) {
    static Mount parse(String text) {
      Map<String, String> settings = new HashMap<>();
      for (String setting : text.split(",", -1)) {
        String[] parts = setting.split("=", 2);
        settings.put(parts[0], parts[1]);
      }
      return new Mount(Optional.ofNullable(settings.get("source")), settings.get("target"));
    }
  }
}
