package dev.onward.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The chart's values with what is said of them.
 *
 * @param documented those that a comment stands above
 * @param tree all of them
 */
record ValuesFile(List<Value> documented, JsonNode tree) {
  static final Path FILE = Chart.DIRECTORY.resolve("values.yaml");

  private static final Pattern COMMENT = Pattern.compile(" *# (?<start>-- )?(?<text>.*)");
  private static final Pattern KEY =
      Pattern.compile("(?<indent> *)(?<key>[A-Za-z][A-Za-z0-9_]*):.*");
  private static final int INDENT = 2;

  /**
   * @param name such as {@code settings.lease.term}
   * @param meaning in one line
   */
  record Value(String name, JsonNode byDefault, String meaning) {}

  static ValuesFile read() throws IOException {
    JsonNode tree = new ObjectMapper(new YAMLFactory()).readTree(FILE.toFile());
    var documented = new ArrayList<Value>();
    Deque<String> path = new ArrayDeque<>();
    Optional<String> meaning = Optional.empty();
    for (String line : Files.readAllLines(FILE)) {
      Matcher comment = COMMENT.matcher(line);
      Matcher key = KEY.matcher(line);
      if (comment.matches()) {
        String text = comment.group("text");
        meaning =
            comment.group("start") != null
                ? Optional.of(text)
                : meaning.map(begun -> begun + " " + text);
      } else if (key.matches()) {
        while (path.size() > key.group("indent").length() / INDENT) {
          path.removeLast();
        }
        path.addLast(key.group("key"));
        String pointer = "/" + String.join("/", path);
        meaning.ifPresent(
            text -> documented.add(new Value(String.join(".", path), tree.at(pointer), text)));
        meaning = Optional.empty();
      } else {
        meaning = Optional.empty();
      }
    }
    return new ValuesFile(List.copyOf(documented), tree);
  }

  /** Names of values that nothing is said of, neither of them nor of what they are in. */
  List<String> undocumented() {
    var undocumented = new ArrayList<String>();
    search("", tree, undocumented);
    return undocumented;
  }

  private void search(String name, JsonNode node, List<String> undocumented) {
    if (documented.stream().anyMatch(value -> value.name().equals(name))) {
      return;
    }
    if (!node.isObject() || node.isEmpty()) {
      undocumented.add(name);
      return;
    }
    node.properties()
        .forEach(
            field ->
                search(
                    name.isEmpty() ? field.getKey() : name + "." + field.getKey(),
                    field.getValue(),
                    undocumented));
  }

  /** As Markdown. */
  String table() {
    var table = new StringBuilder("| value | default | meaning |\n|---|---|---|\n");
    for (Value value : documented) {
      table.append(
          "| `%s` | `%s` | %s |\n"
              .formatted(value.name(), value.byDefault(), value.meaning().replace("|", "\\|")));
    }
    return table.toString();
  }
}
