package dev.onward.manifest.document;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.onward.manifest.document.ManifestProblem.Severity;
import dev.onward.manifest.document.Node.Scalar.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of one document, in JSON or YAML. Jackson's parsers tell both in the same tokens;
 * its tree is not used because it knows no lines, takes the last of two equal keys, and takes a
 * YAML alias for the text of its name.
 */
public final class DocumentReader {
  /** A manifest needs some seven levels; a gate's own settings a few more. */
  static final int MAX_DEPTH = 32;

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
  private static final JsonFactory JSON =
      JsonFactory.builder().streamReadConstraints(LIMITS).build();
  private static final YAMLFactory YAML =
      YAMLFactory.builder().streamReadConstraints(LIMITS).build();

  /** A manifest of the size allowed takes well below a second on an idle machine. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  private final ProblemCollector findings;
  private final LongSupplier nanoTime;
  private final long begun;

  public DocumentReader(ProblemCollector findings) {
    this(findings, System::nanoTime);
  }

  DocumentReader(ProblemCollector findings, LongSupplier nanoTime) {
    this.findings = findings;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  /** Empty if there is no document, which has then been reported. */
  public Optional<Node> read(String text) {
    try {
      boolean begunAsJson = text.stripLeading().startsWith("{");
      Optional<JacksonException> notJson = begunAsJson ? whyNoJson(text) : Optional.empty();
      return begunAsJson && notJson.isEmpty()
          ? read(text, Format.JSON, notJson)
          : read(text, Format.YAML, notJson);
    } catch (TookTooLong e) {
      findings.ofFile(
          Severity.ERROR,
          "a document that takes more than %s s to read".formatted(LONGEST.toSeconds()),
          "a shorter one");
      return Optional.empty();
    }
  }

  private Optional<JacksonException> whyNoJson(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      while (parser.nextToken() != null) {
        checkTime();
      }
      return Optional.empty();
    } catch (JacksonException e) {
      return Optional.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param notJson why that is no JSON, if it looked like it
   */
  private Optional<Node> read(String text, Format format, Optional<JacksonException> notJson) {
    try (JsonParser parser = parser(text, format)) {
      if (parser.nextToken() == null) {
        return nothing();
      }
      Node document = node(parser, DocumentPath.DOCUMENT);
      if (parser.nextToken() != null) {
        findings.error(
            DocumentPath.DOCUMENT,
            line(parser),
            "something after the end of the first document",
            "one document a file");
        return Optional.empty();
      }
      return document instanceof Node.Scalar(var _, var content, var _) && content.isBlank()
          ? nothing()
          : Optional.of(document);
    } catch (StreamConstraintsException e) {
      return broken(e, "at most %s levels".formatted(MAX_DEPTH));
    } catch (JacksonException e) {
      // Whichever parser got further came closer to the mistake.
      return notJson
          .filter(json -> position(json) >= position(e))
          .map(json -> broken(json, "valid " + Format.JSON))
          .orElseGet(() -> broken(e, "valid " + format));
    } catch (TookTooLong e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // A defect of a parser in the face of odd input is still that input's problem, not Onward's.
      findings.ofFile(Severity.ERROR, Excerpt.of(String.valueOf(e)), "valid " + format);
      return Optional.empty();
    }
  }

  private static long position(JacksonException e) {
    JsonLocation place = e.getLocation();
    return place == null ? -1 : ((long) place.getLineNr() << Integer.SIZE) + place.getColumnNr();
  }

  private static JsonParser parser(String text, Format format) throws IOException {
    return switch (format) {
      case JSON -> JSON.createParser(text);
      case YAML -> YAML.createParser(text);
    };
  }

  private Node node(JsonParser parser, DocumentPath path) throws IOException {
    int line = line(parser);
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      return unusable(
          path,
          line,
          "the alias *" + Excerpt.of(parser.getText()),
          "the value itself, written out");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, path, line);
      case START_ARRAY -> sequence(parser, path, line);
      case VALUE_STRING -> new Node.Scalar(Kind.TEXT, parser.getText(), line);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Node.Scalar(Kind.NUMBER, parser.getText(), line);
      case VALUE_TRUE, VALUE_FALSE -> new Node.Scalar(Kind.BOOLEAN, parser.getText(), line);
      case VALUE_NULL -> new Node.Scalar(Kind.NULL, "", line);
      case VALUE_EMBEDDED_OBJECT ->
          unusable(path, line, "binary data", "text, numbers, lists and maps");
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE ->
          throw new IllegalStateException("no value begins with " + parser.currentToken());
    };
  }

  private Node mapping(JsonParser parser, DocumentPath path, int line) throws IOException {
    var entries = new LinkedHashMap<String, Node.Entry>();
    while (next(parser) != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = line(parser);
      next(parser);
      Node value = node(parser, path.key(key));
      Node.Entry first = entries.putIfAbsent(key, new Node.Entry(key, keyLine, value));
      if (first != null) {
        findings.error(
            path.key(key),
            keyLine,
            "the key a second time; it is also on line " + first.line(),
            "each key once");
      }
    }
    return new Node.Mapping(new ArrayList<>(entries.values()), line);
  }

  private Node sequence(JsonParser parser, DocumentPath path, int line) throws IOException {
    var items = new ArrayList<Node>();
    while (next(parser) != JsonToken.END_ARRAY) {
      items.add(node(parser, path.index(items.size())));
    }
    return new Node.Sequence(items, line);
  }

  private JsonToken next(JsonParser parser) throws IOException {
    checkTime();
    @Nullable JsonToken token = parser.nextToken();
    if (token == null) {
      throw new IllegalStateException("the document ends too early");
    }
    return token;
  }

  private void checkTime() {
    if (nanoTime.getAsLong() - begun > LONGEST.toNanos()) {
      throw new TookTooLong();
    }
  }

  private static final class TookTooLong extends RuntimeException {}

  private Node unusable(DocumentPath path, int line, String found, String allowed) {
    findings.error(path, line, found, allowed);
    return new Node.Unusable(line);
  }

  private Optional<Node> nothing() {
    findings.ofFile(Severity.WARNING, "an empty file", "a map of projects, by project id");
    return Optional.empty();
  }

  private Optional<Node> broken(JacksonException e, String allowed) {
    String found = sentences(e.getOriginalMessage());
    if (e.getLocation() == null) {
      findings.ofFile(Severity.ERROR, found, allowed);
    } else {
      findings.error(DocumentPath.DOCUMENT, e.getLocation().getLineNr(), found, allowed);
    }
    return Optional.empty();
  }

  /** Without the indented lines in which SnakeYAML shows the place once more. */
  private static String sentences(String message) {
    return Excerpt.of(
        message
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith(" "))
            .collect(Collectors.joining(", ")));
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
