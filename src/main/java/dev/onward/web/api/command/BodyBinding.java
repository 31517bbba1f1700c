package dev.onward.web.api.command;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.manifest.document.SpellingSuggestion;
import dev.onward.model.InvalidValueException;
import dev.onward.web.http.CommandRejectedException;
import dev.onward.web.http.FieldError;
import jakarta.validation.Validator;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Binds one body to its record. Jackson alone stops at its first problem, so each component is
 * converted and validated by itself, and the record once all of them are right.
 */
final class BodyBinding {
  private static final int SHOWN = 120;

  private final JsonMapper mapper;
  private final Validator validator;
  private final List<FieldError> problems = new ArrayList<>();
  private ObjectReader reader;

  BodyBinding(JsonMapper mapper, Validator validator, Instant now) {
    this.mapper = mapper;
    this.validator = validator;
    this.reader = mapper.reader().withAttribute(BodyValues.NOW, now);
  }

  /** Throws {@link CommandRejectedException} with all that is wrong. */
  <T> T read(Class<T> type, ObjectNode body) {
    readComponents(mapper.constructType(type), body, "");
    if (problems.isEmpty()) {
      Optional<Object> bound = convert(mapper.constructType(type), body, "body");
      if (bound.isPresent()) {
        return type.cast(bound.get());
      }
    }
    throw CommandRejectedException.invalid(problems);
  }

  private void readComponents(JavaType type, ObjectNode object, String prefix) {
    var known = new TreeSet<String>();
    for (BeanPropertyDefinition it :
        mapper.getDeserializationConfig().introspect(type).findProperties()) {
      known.add(it.getName());
      readComponent(type.getRawClass(), it, object.path(it.getName()), prefix + it.getName());
    }
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                String hint = SpellingSuggestion.hint(name, known);
                problem(
                    prefix + shortened(name),
                    "a field of this name",
                    String.join(", ", known) + hint);
              }
            });
  }

  /** A field that is null is not there. */
  private void readComponent(
      Class<?> owner, BeanPropertyDefinition component, JsonNode node, String path) {
    JavaType type = component.getPrimaryType();
    Optional<Object> value = Optional.empty();
    if (!node.isMissingNode() && !node.isNull()) {
      value = type.isMapLikeType() ? readMap(type, node, path) : convert(type, node, path);
      if (value.isEmpty()) {
        return;
      }
      reader = reader.withAttribute(component.getName(), value.get());
    }
    String found =
        value.isEmpty() ? "nothing" : type.isMapLikeType() ? node.size() + " of them" : shown(node);
    validator.validateValue(owner, component.getInternalName(), value.orElse(null)).stream()
        .map(it -> BodyValues.allowed(type.getRawClass()).orElseGet(it::getMessage))
        .findFirst()
        .ifPresent(allowed -> problem(path, found, allowed));
  }

  /** The entries by their names, whether all of them are right or not. */
  private Optional<Object> readMap(JavaType type, JsonNode node, String path) {
    if (!(node instanceof ObjectNode object)) {
      String each = allowed(type.getContentType());
      problem(path, shown(node), "an object with %s for each service".formatted(each));
      return Optional.empty();
    }
    object
        .properties()
        .forEach(
            entry -> {
              String inner = path + "." + shortened(entry.getKey());
              if (convert(type.getKeyType(), new TextNode(entry.getKey()), inner).isPresent()) {
                readEntry(type.getContentType(), entry.getValue(), inner);
              }
            });
    return Optional.of(mapper.convertValue(object, Map.class));
  }

  private void readEntry(JavaType type, JsonNode node, String path) {
    int before = problems.size();
    if (node instanceof ObjectNode object) {
      readComponents(type, object, path + ".");
    }
    if (problems.size() == before) {
      var _ = convert(type, node, path);
    }
  }

  private Optional<Object> convert(JavaType type, JsonNode node, String path) {
    try {
      Object value = reader.forType(type).readValue(node);
      if (value != null) {
        return Optional.of(value);
      }
      problem(path, shown(node), allowed(type));
    } catch (InvalidValueException e) {
      problems.add(FieldError.of(path, e));
    } catch (IOException e) {
      if (e.getCause() instanceof InvalidValueException invalid) {
        problems.add(FieldError.of(path, invalid));
      } else {
        problem(path, shown(node), allowed(type));
      }
    }
    return Optional.empty();
  }

  private static String allowed(JavaType type) {
    return BodyValues.allowed(type.getRawClass()).orElse("an object");
  }

  private void problem(String path, String found, String allowed) {
    problems.add(new FieldError(path, found, allowed));
  }

  private static String shown(JsonNode found) {
    return shortened(found.toString());
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
