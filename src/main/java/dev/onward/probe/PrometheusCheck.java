package dev.onward.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onward.policy.Verification.Prometheus;
import dev.onward.policy.Verification.Threshold;
import dev.onward.store.VerificationProbe.Result;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks that every sample of an instant query is within a bound. */
final class PrometheusCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;

  /** A sample is a pair of time and value. */
  private static final int VALUE = 1;

  private PrometheusCheck() {}

  static URI address(Prometheus prometheus) {
    String server = prometheus.server().toString().replaceFirst("/+$", "");
    return URI.create(
        server + "/api/v1/query?query=" + URLEncoder.encode(prometheus.query(), UTF_8));
  }

  static Result of(Prometheus prometheus, BoundedHttpClient.Answered answer) {
    if (answer.body().tooLong()) {
      return new Result(false, HttpCheck.tooLong());
    }
    Optional<JsonNode> body = json(answer.body());
    Optional<String> error =
        body.map(json -> json.path("error")).filter(JsonNode::isTextual).map(JsonNode::asText);
    if (error.isPresent()) {
      return new Result(false, "Prometheus error: " + Texts.excerpt(error.get()));
    }
    if (answer.status() != OK) {
      return new Result(false, HttpCheck.otherStatus(answer, OK));
    }
    return body.map(json -> judge(prometheus.threshold(), json.path("data")))
        .orElseGet(() -> new Result(false, "the response is not JSON"));
  }

  private static Result judge(Threshold threshold, JsonNode data) {
    String type = data.path("resultType").asText();
    JsonNode result = data.path("result");
    var values = new ArrayList<String>();
    switch (type) {
      case "scalar" -> values.add(result.path(VALUE).asText());
      case "vector" ->
          result.forEach(sample -> values.add(sample.path("value").path(VALUE).asText()));
      case "" -> {
        return new Result(false, "the response is not in Prometheus's format");
      }
      default -> {
        return new Result(
            false,
            "the query returns a %s, not a vector or a scalar".formatted(Texts.excerpt(type)));
      }
    }
    return judge(threshold, values);
  }

  private static Result judge(Threshold threshold, List<String> values) {
    if (values.isEmpty()) {
      return new Result(false, "no data");
    }
    String bound = words(threshold);
    List<String> outside =
        values.stream().filter(value -> !threshold.admits(number(value))).toList();
    if (!outside.isEmpty()) {
      String first = Texts.excerpt(outside.getFirst());
      String others =
          values.size() == 1 ? "" : " (%s of %s samples)".formatted(outside.size(), values.size());
      return new Result(
          false, "%s, must be %s%s".formatted(first.isEmpty() ? "no value" : first, bound, others));
    }
    return new Result(
        true,
        values.size() == 1
            ? "%s, %s".formatted(Texts.excerpt(values.getFirst()), bound)
            : "%s samples, all %s".formatted(values.size(), bound));
  }

  /** Parses Prometheus's number format; NaN, which no threshold accepts, for anything else. */
  private static double number(String value) {
    return switch (value) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(value);
        } catch (NumberFormatException e) {
          yield Double.NaN;
        }
      }
    };
  }

  private static String words(Threshold threshold) {
    String comparison = threshold.comparison().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return comparison + " " + Texts.of(threshold.bound());
  }

  private static Optional<JsonNode> json(Body body) {
    try {
      return Optional.of(JSON.readTree(body.text())).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
