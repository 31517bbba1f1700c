package dev.onward.manifest.reader;

import dev.onward.manifest.document.Section;
import dev.onward.manifest.document.Value;
import dev.onward.model.InvalidValueException;
import dev.onward.model.PrintableText;
import dev.onward.policy.Verification.Comparison;
import dev.onward.policy.Verification.Http;
import dev.onward.policy.Verification.JsonValue;
import dev.onward.policy.Verification.Probe;
import dev.onward.policy.Verification.Prometheus;
import dev.onward.policy.Verification.Threshold;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads where a verification looks and what it expects there. */
final class ProbeReader {
  private static final int DEFAULT_STATUS = 200;
  private static final int LONGEST_QUERY = 2000;
  private static final int LONGEST_TEXT = 200;

  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^~/]|~[01])*+)++");
  private static final String POINTER_ALLOWED =
      "a JSON pointer of at most %s characters, such as /status".formatted(LONGEST_TEXT);
  private static final String TEXT_ALLOWED =
      "text of 1 to %s characters, a number, true or false".formatted(LONGEST_TEXT);
  private static final String QUERY_ALLOWED =
      String.format(Locale.ROOT, "a PromQL query of 1 to %,d characters", LONGEST_QUERY);

  /** A number as JSON writes it: other forms are not read alike by all YAML tools. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d{0,39})(?:\\.\\d{1,40})?(?:[eE][+-]?\\d{1,3})?");

  private static final String NUMBER_ALLOWED = "a number such as 0.01";
  private static final String THRESHOLDS = "exactly one of below, at_most, above and at_least";

  private ProbeReader() {}

  static Optional<Probe> http(Value value) {
    return value
        .section("a map with url, status and json")
        .flatMap(
            section -> {
              Optional<URI> url = url(section, UrlText::parse);
              int status =
                  section
                      .at("status")
                      .flatMap(number -> number.whole(200, 599))
                      .orElse(DEFAULT_STATUS);
              Optional<JsonValue> json = section.at("json").flatMap(ProbeReader::json);
              section.rejectUnknownKeys();
              return url.map(address -> new Http(address, status, json));
            });
  }

  static Optional<Probe> prometheus(Value value) {
    return value
        .section("a map with url, query and a threshold")
        .flatMap(
            section -> {
              Optional<URI> url = url(section, UrlText::server);
              Optional<String> query =
                  section
                      .required("query", QUERY_ALLOWED)
                      .flatMap(text -> text.text(QUERY_ALLOWED, ProbeReader::query));
              Optional<Threshold> threshold = threshold(section);
              section.rejectUnknownKeys();
              return url.flatMap(
                  server ->
                      query.flatMap(
                          promQl -> threshold.map(bound -> new Prometheus(server, promQl, bound))));
            });
  }

  private static Optional<URI> url(Section section, Function<String, URI> parser) {
    return section.required("url", UrlText.ALLOWED).flatMap(value -> url(value, parser));
  }

  /** What comes before an '@' may be a password, which a problem must not repeat. */
  private static Optional<URI> url(Value value, Function<String, URI> parser) {
    Optional<String> text = value.text(UrlText.ALLOWED, Function.identity());
    try {
      return text.map(parser);
    } catch (InvalidValueException e) {
      boolean secret = text.filter(written -> written.contains("@")).isPresent();
      value.error(secret ? "an address with an '@'" : value.node().describe(), e.allowed());
      return Optional.empty();
    }
  }

  private static Optional<JsonValue> json(Value value) {
    return value
        .section("a map with pointer and equals")
        .flatMap(
            section -> {
              Optional<String> pointer =
                  section
                      .required("pointer", POINTER_ALLOWED)
                      .flatMap(text -> text.text(POINTER_ALLOWED, ProbeReader::pointer));
              Optional<String> expected =
                  section.required("equals", TEXT_ALLOWED).flatMap(ProbeReader::expected);
              section.rejectUnknownKeys();
              return pointer.flatMap(at -> expected.map(text -> new JsonValue(at, text)));
            });
  }

  private static String pointer(String text) {
    if (text.length() > LONGEST_TEXT || !POINTER.matcher(text).matches()) {
      throw new InvalidValueException("JSON pointer", text, POINTER_ALLOWED);
    }
    return text;
  }

  /** JSON knows two booleans; what else YAML takes for one needs its quotes. */
  private static Optional<String> expected(Value value) {
    if (value.isTrue() || value.isFalse()) {
      return Optional.of(Boolean.toString(value.isTrue()));
    }
    return value.text(
        TEXT_ALLOWED,
        text -> {
          if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            throw new InvalidValueException("value", text, TEXT_ALLOWED);
          }
          return text;
        });
  }

  private static String query(String text) {
    if (PrintableText.isBlank(text) || text.length() > LONGEST_QUERY) {
      throw new InvalidValueException("query", text, QUERY_ALLOWED);
    }
    return text;
  }

  private static Optional<Threshold> threshold(Section section) {
    List<Comparison> given = new ArrayList<>();
    List<Optional<Threshold>> thresholds = new ArrayList<>();
    for (Comparison comparison : Comparison.values()) {
      section
          .at(spelling(comparison))
          .ifPresent(
              value -> {
                given.add(comparison);
                thresholds.add(
                    value
                        .text(NUMBER_ALLOWED, ProbeReader::number)
                        .map(bound -> new Threshold(comparison, bound)));
              });
    }
    if (given.size() != 1) {
      section.error(
          given.isEmpty()
              ? "no threshold"
              : String.join(" and ", given.stream().map(ProbeReader::spelling).toList()),
          THRESHOLDS);
      return Optional.empty();
    }
    return thresholds.getFirst();
  }

  private static double number(String text) {
    double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (!Double.isFinite(number)) {
      throw new InvalidValueException("number", text, NUMBER_ALLOWED);
    }
    return number;
  }

  private static String spelling(Comparison comparison) {
    return comparison.name().toLowerCase(Locale.ROOT);
  }
}
