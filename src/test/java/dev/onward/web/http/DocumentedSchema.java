package dev.onward.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Compares an answer with what the OpenAPI document says of it, in both directions: nothing is
 * undocumented, and nothing documented is missing.
 */
public final class DocumentedSchema {
  private final JsonNode document;

  public DocumentedSchema(JsonNode document) {
    this.document = document;
  }

  /** What is not as documented, each with its place. */
  public List<String> violations(JsonNode schema, JsonNode value) {
    var found = new ArrayList<String>();
    check(schema, value, "$", found);
    return found;
  }

  private void check(JsonNode schema, JsonNode value, String at, List<String> found) {
    if (schema.has("$ref")) {
      check(resolve(schema.get("$ref").asText()), value, at, found);
    } else if (schema.has("anyOf")) {
      if (stream(schema.get("anyOf")).noneMatch(any -> violations(any, value).isEmpty())) {
        check(schema.get("anyOf").get(0), value, at, found);
      }
    } else if (!isOfType(schema.path("type"), value)) {
      found.add("%s is %s, not %s".formatted(at, value.getNodeType(), schema.path("type")));
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(schema.path("items"), value.get(i), "%s[%d]".formatted(at, i), found);
      }
    } else if (value.isObject()) {
      checkObject(schema, value, at, found);
    }
  }

  private void checkObject(JsonNode schema, JsonNode value, String at, List<String> found) {
    JsonNode properties = schema.path("properties");
    value
        .properties()
        .forEach(
            property -> {
              String place = at + "." + property.getKey();
              if (properties.has(property.getKey())) {
                check(properties.get(property.getKey()), property.getValue(), place, found);
              } else if (schema.path("additionalProperties").isObject()) {
                check(schema.get("additionalProperties"), property.getValue(), place, found);
              } else {
                found.add(place + " is not documented");
              }
            });
    properties
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!value.has(name)) {
                found.add("%s.%s is missing".formatted(at, name));
              }
            });
  }

  private static boolean isOfType(JsonNode types, JsonNode value) {
    return (types.isArray() ? stream(types) : Stream.of(types))
        .anyMatch(type -> isOfType(type.asText(), value));
  }

  private static boolean isOfType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  public JsonNode resolve(String reference) {
    return document.at(reference.substring(1));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
