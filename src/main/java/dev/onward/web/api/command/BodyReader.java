package dev.onward.web.api.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.web.http.CommandRejectedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads a request's body: one JSON object, flat enough, no name twice, nothing after it. */
@ApplicationScoped
class BodyReader {
  /** The deepest request has three levels. */
  private static final int DEEPEST = 8;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(BodyValues.module())
          .build();

  private final Validator validator;

  BodyReader(Validator validator) {
    this.validator = validator;
  }

  /**
   * Binds a body to its record. Throws {@link CommandRejectedException} with all that is wrong.
   *
   * @param now what durations are relative to
   */
  <T> T read(Class<T> type, ObjectNode body, Instant now) {
    return new BodyBinding(MAPPER, validator, now).read(type, body);
  }

  /** The object in the text. Throws {@link CommandRejectedException}. */
  static ObjectNode parse(@Nullable String body) {
    if (body == null || body.isBlank()) {
      throw refused("the body is empty; it must be a JSON object");
    }
    if (tree(body) instanceof ObjectNode object) {
      return object;
    }
    throw refused("the body must be a JSON object");
  }

  private static JsonNode tree(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (StreamConstraintsException e) {
      throw refused(
          "the body is nested more than %s deep, or a name or number in it is too long"
              .formatted(DEEPEST));
    } catch (MismatchedInputException e) {
      throw refused("the body must be one JSON object, with nothing after it");
    } catch (JsonProcessingException e) {
      String first = e.getOriginalMessage().lines().findFirst().orElse("");
      throw refused("the body is not valid JSON: " + first);
    }
  }

  private static CommandRejectedException refused(String detail) {
    return new CommandRejectedException(Status.BAD_REQUEST, detail);
  }
}
