package dev.onward.manifest.document;

import dev.onward.model.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A value in a manifest together with its place. Read as what it must be, it is that or, with the
 * reason reported, empty.
 */
public record Value(Node node, DocumentPath path, ProblemCollector findings) {
  /** Without the leading zeros that make a number octal to some tools. */
  private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,8}");

  public Optional<Section> section(String allowed) {
    return switch (node) {
      case Node.Mapping mapping -> Optional.of(new Section(mapping, path, findings));
      case Node.Unusable _ -> Optional.empty();
      case Node.Sequence _, Node.Scalar _ -> reject(allowed);
    };
  }

  public Optional<List<Value>> items(String allowed) {
    return switch (node) {
      case Node.Sequence(var items, var _) -> {
        var values = new ArrayList<Value>();
        items.forEach(item -> values.add(new Value(item, path.index(values.size()), findings)));
        yield Optional.of(List.copyOf(values));
      }
      case Node.Unusable _ -> Optional.empty();
      case Node.Mapping _, Node.Scalar _ -> reject(allowed);
    };
  }

  /**
   * Text, or a number as it is written: an id such as {@code 007} need not be quoted. A bare {@code
   * no} or {@code on} must, for other YAML tools read it as a boolean.
   *
   * @param parser throws {@link InvalidValueException} for what it cannot take
   */
  public <T> Optional<T> text(String allowed, Function<String, T> parser) {
    return switch (node) {
      case Node.Scalar(var kind, var text, var _) ->
          switch (kind) {
            case TEXT, NUMBER -> parsed(text, parser);
            case BOOLEAN -> reject(allowed + ", in quotes");
            case NULL -> reject(allowed);
          };
      case Node.Unusable _ -> Optional.empty();
      case Node.Mapping _, Node.Sequence _ -> reject(allowed);
    };
  }

  /** One of an enum's constants, which manifests write in lower case. */
  public <E extends Enum<E>> Optional<E> choice(E[] constants) {
    String allowed = Stream.of(constants).map(Value::spelling).collect(Collectors.joining(" or "));
    return text(
        allowed,
        text ->
            Stream.of(constants)
                .filter(constant -> spelling(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException("value", text, allowed)));
  }

  /** A bare {@code true} or {@code false}. */
  public Optional<Boolean> flag() {
    if (isTrue() || isFalse()) {
      return Optional.of(isTrue());
    }
    return node instanceof Node.Unusable
        ? Optional.empty()
        : reject("true or false, without quotes");
  }

  public boolean isTrue() {
    return isBoolean("true");
  }

  public boolean isFalse() {
    return isBoolean("false");
  }

  public boolean isList() {
    return node instanceof Node.Sequence;
  }

  /** As it is, if it is a text that is not blank; nothing is reported. */
  public Optional<String> plainText() {
    return node instanceof Node.Scalar(var kind, var text, var _)
            && kind == Node.Scalar.Kind.TEXT
            && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }

  boolean isNull() {
    return node instanceof Node.Scalar(var kind, var _, var _) && kind == Node.Scalar.Kind.NULL;
  }

  /** A whole number, in digits. */
  public Optional<Integer> whole(int least, int most) {
    String allowed = "a whole number from %s to %s".formatted(least, most);
    if (node instanceof Node.Scalar(var kind, var _, var _) && kind == Node.Scalar.Kind.BOOLEAN) {
      return reject(allowed);
    }
    return text(
        allowed,
        text -> {
          if (!WHOLE.matcher(text).matches()
              || Integer.parseInt(text) < least
              || Integer.parseInt(text) > most) {
            throw new InvalidValueException("number", text, allowed);
          }
          return Integer.valueOf(text);
        });
  }

  /**
   * A list, if every item of it can be read.
   *
   * @param what it is a list of, in plural
   */
  public <T> Optional<List<T>> list(
      String what, int least, int most, Function<Value, Optional<T>> reader) {
    String allowed = "a list of %s to %s %s".formatted(least, most, what);
    Optional<List<Value>> items = items(allowed);
    if (items.isEmpty()) {
      return Optional.empty();
    }
    int size = items.get().size();
    if (size < least || size > most) {
      error(size == 0 ? "an empty list" : "a list of " + size, allowed);
      return Optional.empty();
    }
    List<T> read = items.get().stream().flatMap(item -> reader.apply(item).stream()).toList();
    return read.size() == size ? Optional.of(read) : Optional.empty();
  }

  public void error(String found, String allowed) {
    findings.error(path, node.line(), found, allowed);
  }

  public void warning(String found, String allowed) {
    findings.warning(path, node.line(), found, allowed);
  }

  private <T> Optional<T> parsed(String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (InvalidValueException e) {
      return reject(e.allowed());
    }
  }

  private <T> Optional<T> reject(String allowed) {
    error(node.describe(), allowed);
    return Optional.empty();
  }

  private boolean isBoolean(String word) {
    return node instanceof Node.Scalar(var kind, var text, var _)
        && kind == Node.Scalar.Kind.BOOLEAN
        && text.equals(word);
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
