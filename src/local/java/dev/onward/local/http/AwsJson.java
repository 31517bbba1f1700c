package dev.onward.local.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * AWS's JSON protocol 1.1 over records: UpperCamelCase members, absent members left out, unknown
 * ones ignored, no coercion between types, timestamps as seconds with a fraction.
 */
public final class AwsJson {

  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new SimpleModule().addSerializer(new EpochSeconds()))
          .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .build();

  private AwsJson() {}

  /**
   * Reads a request.
   *
   * @throws AwsException SerializationException, when the body is not JSON or not of this shape
   */
  public static <T> T read(String body, Class<T> type) {
    try {
      T request = MAPPER.readValue(body, type);
      if (request == null) {
        throw AwsException.badRequest("SerializationException", "The request is null");
      }
      return request;
    } catch (JsonProcessingException e) {
      throw AwsException.badRequest("SerializationException", e.getOriginalMessage());
    }
  }

  public static AwsResponse ok(Object answer) {
    return new AwsResponse(200, CONTENT_TYPE, Map.of(), text(answer));
  }

  public static AwsResponse error(AwsException error) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("__type", error.code());
    body.put("message", error.message());
    return new AwsResponse(
        error.status(), CONTENT_TYPE, Map.of("x-amzn-errortype", error.code()), text(body));
  }

  private static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer of the local AWS cannot be written as JSON", e);
    }
  }

  private static final class EpochSeconds extends StdSerializer<Instant> {

    private EpochSeconds() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant instant, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeNumber(BigDecimal.valueOf(instant.toEpochMilli(), 3));
    }
  }
}
