package dev.onward.web.api.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.model.InvalidValueException;
import dev.onward.web.http.CommandRejectedException;
import dev.onward.web.http.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The fields of a request's body. What is wrong with each is collected, and {@link #check} throws
 * all of it at once; only then may what was read be taken.
 */
final class Fields {
  private static final int SHOWN = 120;
  private static final String NOTHING = "nothing";

  private final ObjectNode object;
  private final String path;
  private final List<FieldError> errors;
  private final Set<String> known = new TreeSet<>();

  Fields(ObjectNode object) {
    this(object, "", new ArrayList<>());
  }

  private Fields(ObjectNode object, String path, List<FieldError> errors) {
    this.object = object;
    this.path = path;
    this.errors = errors;
  }

  /**
   * A text that must be there.
   *
   * @param reading throws {@link InvalidValueException} for what is not allowed
   */
  <T> Supplier<T> required(String name, String allowed, Function<String, T> reading) {
    Optional<JsonNode> node = node(name);
    if (node.isEmpty()) {
      error(name, NOTHING, allowed);
    }
    Optional<T> value = node.flatMap(found -> text(name, found, allowed, reading));
    return value::orElseThrow;
  }

  /** A text that may be there. */
  <T> Supplier<Optional<T>> optional(String name, String allowed, Function<String, T> reading) {
    Optional<T> value = node(name).flatMap(found -> text(name, found, allowed, reading));
    return () -> value;
  }

  /** Whether something is wanted; it is not, unless it is said. */
  Supplier<Boolean> flag(String name) {
    Optional<JsonNode> node = node(name);
    node.filter(found -> !found.isBoolean())
        .ifPresent(found -> error(name, shown(found), "true or false"));
    return () -> node.map(JsonNode::booleanValue).orElse(false);
  }

  /** A number that may be there: whole, and 0 or more. */
  Supplier<Optional<Long>> count(String name) {
    Optional<JsonNode> node = node(name);
    Optional<Long> value =
        node.filter(found -> found.isIntegralNumber() && found.canConvertToLong())
            .map(JsonNode::longValue)
            .filter(number -> number >= 0);
    if (value.isEmpty()) {
      node.ifPresent(found -> error(name, shown(found), "a whole number, 0 or more"));
    }
    return () -> value;
  }

  /**
   * The fields of an object that may be there; each is an object again.
   *
   * @param naming what the fields' names stand for; throws {@link InvalidValueException}
   */
  <K> void each(
      String name, String allowed, Function<String, K> naming, BiConsumer<K, Fields> each) {
    Optional<JsonNode> node = node(name);
    node.filter(found -> !found.isObject()).ifPresent(found -> error(name, shown(found), allowed));
    node.filter(JsonNode::isObject).stream()
        .flatMap(found -> found.properties().stream())
        .forEach(
            property -> {
              String inner = name + "." + shortened(property.getKey());
              if (property.getValue() instanceof ObjectNode fields) {
                var nested = new Fields(fields, path + inner + ".", errors);
                attempt(inner, () -> naming.apply(property.getKey()))
                    .ifPresent(
                        key -> {
                          each.accept(key, nested);
                          nested.refuseUnknown();
                        });
              } else {
                error(inner, shown(property.getValue()), allowed);
              }
            });
  }

  /**
   * The fields of an object that must be there; each is a text.
   *
   * @param most how many there may be; there must be one
   * @param naming what the fields' names stand for; throws {@link InvalidValueException}
   * @param reading as of {@link #required}
   */
  <K, T> Map<K, T> texts(
      String name,
      int most,
      String allowed,
      String allowedEach,
      Function<String, K> naming,
      Function<String, T> reading) {
    var values = new HashMap<K, T>();
    Optional<JsonNode> node = node(name);
    Optional<JsonNode> object = node.filter(JsonNode::isObject);
    if (object.isEmpty()) {
      error(name, node.map(Fields::shown).orElse(NOTHING), allowed);
    }
    object
        .filter(found -> found.isEmpty() || found.size() > most)
        .ifPresent(found -> error(name, found.size() + " of them", allowed));
    object.stream()
        .flatMap(found -> found.properties().stream())
        .limit(most)
        .forEach(
            property -> {
              String inner = name + "." + shortened(property.getKey());
              var key = attempt(inner, () -> naming.apply(property.getKey()));
              var value = text(inner, property.getValue(), allowedEach, reading);
              key.ifPresent(k -> value.ifPresent(v -> values.put(k, v)));
            });
    return values;
  }

  void error(String name, String found, String allowed) {
    errors.add(new FieldError(path + name, found, allowed));
  }

  /** Of the object itself, rather than of a field in it. */
  void errorHere(String found, String allowed) {
    errors.add(new FieldError(path.substring(0, path.length() - 1), found, allowed));
  }

  boolean has(String name) {
    return node(name).isPresent();
  }

  /**
   * Throws {@link CommandRejectedException} if anything at all was wrong, fields nobody knows
   * included.
   */
  void check() {
    refuseUnknown();
    if (!errors.isEmpty()) {
      throw CommandRejectedException.invalid(errors);
    }
  }

  private void refuseUnknown() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                error(shortened(name), "a field of this name", String.join(", ", known));
              }
            });
  }

  /** A field that is null is not there. */
  private Optional<JsonNode> node(String name) {
    known.add(name);
    return Optional.ofNullable(object.get(name)).filter(found -> !found.isNull());
  }

  private <T> Optional<T> text(
      String name, JsonNode found, String allowed, Function<String, T> reading) {
    if (!found.isTextual()) {
      error(name, shown(found), allowed);
      return Optional.empty();
    }
    return attempt(name, () -> reading.apply(found.textValue()));
  }

  private <T> Optional<T> attempt(String name, Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (InvalidValueException e) {
      errors.add(FieldError.of(path + name, e));
      return Optional.empty();
    }
  }

  private static String shown(JsonNode found) {
    return shortened(found.toString());
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
