package dev.onward.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes odd requests of the operations that there are: the same ones for the same seed. */
public final class MalformedRequests {
  private static final Pattern PARAMETER = Pattern.compile("\\{[a-z]+}");
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
  private static final List<String> NAMES =
      List.of("storage", "stage", "prod", "latest", "nobody", "invalid", "33378e23", "bags");
  private static final List<String> ODD_SEGMENTS =
      List.of(
          "..",
          ".",
          "%2e%2e",
          "%2f",
          "a%2fb",
          "%00",
          "%0a",
          "%zz",
          "%",
          "%c3%28",
          "aws-x",
          "SSM",
          "%F0%9F%92%A9",
          "ä",
          "\u202e",
          "a;b=c",
          "a'--",
          "{{7*7}}",
          "$%7Bjndi:x%7D",
          "%3Cscript%3E",
          "-",
          "",
          "x".repeat(201),
          "x".repeat(3_000));
  private static final List<String> ODD_TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "\n",
          "\u2028",
          "\ud800",
          "\udfff\ud800",
          "💩".repeat(300),
          "\u202e",
          "<script>alert(1)</script>",
          "../../etc/passwd",
          "${jndi:ldap://x}",
          "' OR 1=1 --",
          "x".repeat(501),
          "9999999999999999999",
          "NaN",
          "-1",
          "2026-13-45T99:99:99Z",
          "P999999999999D",
          "1e999999999",
          "example.com/a/b:c",
          "2h",
          "true",
          "storage",
          "latest");
  private static final List<String> FIELDS =
      List.of(
          "reason",
          "until",
          "from",
          "release",
          "override",
          "id",
          "services",
          "images",
          "new",
          "expected_version",
          "overide",
          "__proto__",
          "",
          "\u0000",
          "x".repeat(400));
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/json; charset=utf-16",
          "application/json;charset=x",
          "APPLICATION/JSON",
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x",
          "application/yaml",
          "application/xml",
          "*/*",
          "/",
          "",
          "x");
  private static final List<String> ACCEPTED =
      List.of(
          "*/*",
          "application/json",
          "text/html",
          "application/problem+json",
          "text/plain",
          "x",
          "image/png;q=0",
          "application/json;q=x",
          "*/*;q=1.0000001",
          ",,,");
  private static final List<String> HEADERS =
      List.of(
          "Onward-Caller",
          "Idempotency-Key",
          "X-Request-Id",
          "X-HTTP-Method-Override",
          "If-None-Match",
          "If-Match",
          "Last-Event-ID",
          "Origin",
          "Sec-Fetch-Site",
          "X-Forwarded-For",
          "Range",
          "Authorization",
          "Cookie",
          "Expect",
          "Accept-Language",
          "Accept-Encoding");
  private static final List<String> ODD_HEADER_VALUES =
      List.of(
          "",
          "alice",
          "onward",
          "a b",
          "é",
          "*",
          "a".repeat(128),
          "b".repeat(129),
          "c".repeat(2_000),
          "W/\"x\"",
          "\"",
          "bytes=0-",
          "Bearer x",
          "Bearer " + "e".repeat(900),
          "q_session=x",
          "100-continue",
          "http://evil.example",
          "null",
          "cross-site",
          "127.0.0.1",
          "\t",
          "..");
  private static final List<String> PARAMETERS =
      List.of(
          "dry_run", "dryrun", "limit", "cursor", "project", "environment", "image", "a", "b", "");

  private static final String DRY_RUN = "dry_run";

  /** By ASCII, by Unicode, and to whoever looks. */
  private static final List<String> BLANK =
      List.of("", " ", "\t", "\u00a0", "\u3000", "\u200b", "\u2028");

  /** Whatever operation it is. */
  private static final List<String> READ_HEADERS =
      List.of("Onward-Caller", "Idempotency-Key", "X-Request-Id", "Accept", "Content-Type");

  private final Random random;
  private final List<Operation> operations;

  public MalformedRequests(long seed, List<Operation> operations) {
    this.random = new Random(seed);
    this.operations = List.copyOf(operations);
  }

  /**
   * An operation that the OpenAPI document names.
   *
   * @param query the names of its query parameters
   * @param headers the names of the headers that it reads
   * @param examples of its body
   */
  public record Operation(
      String method, String path, List<String> query, List<String> headers, List<String> examples) {
    private String target(UnaryOperator<String> parameter) {
      String target =
          PARAMETER
              .matcher(path)
              .replaceAll(it -> Matcher.quoteReplacement(parameter.apply(it.group())));
      return query.contains(DRY_RUN) ? target + "?" + DRY_RUN + "=true" : target;
    }

    private MalformedRequest request(
        String target, Map<String, String> headers, Optional<String> body) {
      var all = new LinkedHashMap<>(headers);
      if (method.equals("POST")) {
        all.putIfAbsent("Content-Type", "application/json");
      }
      return new MalformedRequest(method, target, all, body);
    }
  }

  /**
   * Every text of every operation, in path, query, headers and body, blank in one way after the
   * other, while all else is right. Nothing is done by any of them.
   */
  public static List<MalformedRequest> blank(List<Operation> operations) {
    return operations.stream().flatMap(MalformedRequests::blank).toList();
  }

  private static Stream<MalformedRequest> blank(Operation operation) {
    var requests = new ArrayList<MalformedRequest>();
    Optional<String> right = operation.examples().stream().findFirst();
    String target = operation.target(MalformedRequests::usual);
    for (String blank : BLANK) {
      String encoded = URLEncoder.encode(blank, UTF_8).replace("+", "%20");
      PARAMETER
          .matcher(operation.path())
          .results()
          .map(
              which -> operation.target(name -> name.equals(which.group()) ? encoded : usual(name)))
          .map(path -> operation.request(path, Map.of(), right))
          .forEach(requests::add);
      for (String name : operation.query()) {
        String query = (target.contains("?") ? "&" : "?") + name + "=" + encoded;
        requests.add(operation.request(target + query, Map.of(), right));
      }
      for (String name : operation.headers()) {
        if (blank.chars().allMatch(c -> c < 0x80)) {
          requests.add(operation.request(target, Map.of(name, blank), right));
        }
      }
      right.ifPresent(
          body -> {
            for (String changed : blankFields(body, blank)) {
              requests.add(operation.request(target, Map.of(), Optional.of(changed)));
            }
            requests.add(operation.request(target, Map.of(), Optional.of(blank)));
          });
    }
    return requests.stream();
  }

  /** The example with one of its fields blank, or the name of one. */
  private static List<String> blankFields(String example, String blank) {
    var bodies = new ArrayList<String>();
    var fields = new JsonObject(example);
    for (String name : fields.fieldNames()) {
      bodies.add(new JsonObject(example).put(name, blank).encode());
      var renamed = new JsonObject(example);
      bodies.add(renamed.put(blank, renamed.remove(name)).encode());
    }
    return bodies;
  }

  private static String usual(String parameter) {
    return switch (parameter) {
      case "{project}" -> "storage";
      case "{environment}" -> "prod";
      case "{label}" -> "fuzz";
      default -> "33378e23";
    };
  }

  public List<MalformedRequest> make(int count) {
    return Stream.generate(this::next).limit(count).toList();
  }

  private MalformedRequest next() {
    Operation operation = any(operations);
    String method = oneIn(12) ? any(METHODS) : operation.method();
    var headers = new LinkedHashMap<String, String>();
    boolean post = method.equals("POST");
    if (post) {
      headers.put("Content-Type", oneIn(8) ? any(TYPES) : "application/json");
    }
    if (oneIn(6)) {
      headers.put("Accept", any(ACCEPTED));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      headers.put(any(HEADERS), any(ODD_HEADER_VALUES));
    }
    headers.values().removeIf("100-continue"::equals);
    return new MalformedRequest(
        method,
        path(operation) + query(post),
        headers,
        post ? Optional.of(body(operation)) : Optional.empty());
  }

  private String path(Operation operation) {
    String path =
        PARAMETER
            .matcher(operation.path())
            .replaceAll(
                parameter ->
                    Matcher.quoteReplacement(segment(parameter.group(), operation.path())));
    return oneIn(20) ? path + "/" + any(ODD_SEGMENTS) : path;
  }

  /** What is published for good goes under a label that no other test looks at. */
  private String segment(String parameter, String path) {
    if (parameter.equals("{label}") && path.endsWith("/publish")) {
      return oneIn(3) ? any(ODD_SEGMENTS) : "fuzz";
    }
    if (oneIn(4)) {
      return any(ODD_SEGMENTS);
    }
    return switch (parameter) {
      case "{project}" -> oneIn(5) ? any(NAMES) : "storage";
      case "{environment}" -> any(List.of("stage", "prod", "dev"));
      default -> any(NAMES);
    };
  }

  private String query(boolean post) {
    var parameters = new ArrayList<String>();
    if (post && !oneIn(8)) {
      parameters.add("dry_run=true");
    }
    for (int i = oneIn(3) ? random.nextInt(4) : 0; i > 0; i--) {
      parameters.add(any(PARAMETERS) + (oneIn(5) ? "" : "=" + any(ODD_SEGMENTS)));
    }
    return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
  }

  private String body(Operation operation) {
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1 -> nested(random.nextInt(20_000));
      case 2 -> "\"" + "x".repeat(random.nextInt(63_000)) + "\"";
      case 3 ->
          any(List.of("[]", "null", "0", "\"x\"", "{", "}", "{}{}", "\u0000", "{\"a\":1,\"a\":2}"));
      case 4 -> " ".repeat(66_000) + "{}";
      case 5, 6 -> object(0);
      case 7, 8 -> damaged(operation);
      default -> example(operation);
    };
  }

  private String nested(int depth) {
    String open = any(List.of("[", "{\"a\":"));
    return open.repeat(Math.min(depth, 60_000 / open.length()));
  }

  private String example(Operation operation) {
    return operation.examples().isEmpty() ? "{\"reason\":\"x\"}" : any(operation.examples());
  }

  /** An example with a character changed, taken out or put in. */
  private String damaged(Operation operation) {
    var text = new StringBuilder(example(operation));
    for (int i = 1 + random.nextInt(3); i > 0 && !text.isEmpty(); i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.setCharAt(at, (char) random.nextInt(0x250));
        default -> text.insert(at, any(ODD_TEXTS));
      }
    }
    return text.toString();
  }

  private String object(int depth) {
    var fields = new ArrayList<String>();
    for (int i = random.nextInt(6); i > 0; i--) {
      fields.add(quoted(any(FIELDS)) + ":" + value(depth));
    }
    return "{" + String.join(",", fields) + "}";
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 3 ? 6 : 8)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> any(List.of("0", "-1", "1e400", "1.5", "99999999999999999999999", "1e-400"));
      case 6 -> object(depth + 1);
      case 7 -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
      default -> quoted(any(ODD_TEXTS));
    };
  }

  /** Half of them as they are, so that some are no JSON at all. */
  private String quoted(String text) {
    if (oneIn(6)) {
      return "\"" + text + "\"";
    }
    var quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c ->
                quoted.append(
                    c < 0x20 || c == '"' || c == '\\' || c > 0x7e
                        ? "\\u%04x".formatted(c)
                        : String.valueOf((char) c)));
    return quoted.append('"').toString();
  }

  private boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  public static List<Operation> of(Map<String, Map<String, Object>> paths) {
    var operations = new ArrayList<Operation>();
    paths.forEach(
        (path, methods) ->
            methods.forEach(
                (method, described) -> {
                  if (described instanceof Map<?, ?> operation
                      && operation.containsKey("responses")
                      && !operation.toString().contains("text/event-stream")) {
                    operations.add(
                        new Operation(
                            method.toUpperCase(Locale.ROOT),
                            path,
                            named("query", operation),
                            Stream.concat(
                                    named("header", operation).stream(), READ_HEADERS.stream())
                                .distinct()
                                .toList(),
                            examples(operation)));
                  }
                }));
    return operations;
  }

  private static List<String> named(String in, Map<?, ?> operation) {
    return at(operation, "parameters") instanceof List<?> parameters
        ? parameters.stream()
            .filter(it -> it instanceof Map<?, ?> map && in.equals(at(map, "in")))
            .map(it -> String.valueOf(at(it, "name")))
            .toList()
        : List.of();
  }

  private static List<String> examples(Map<?, ?> operation) {
    return at(at(at(operation, "requestBody"), "content"), "application/json")
                instanceof Map<?, ?> json
            && at(json, "examples") instanceof Map<?, ?> examples
        ? examples.values().stream().map(example -> text(at(example, "value"))).toList()
        : List.of();
  }

  /** A body that the document shows as an object would otherwise be sent as Java writes maps. */
  private static String text(@Nullable Object example) {
    return example instanceof Map<?, ?> object ? Json.encode(object) : String.valueOf(example);
  }

  private static @Nullable Object at(@Nullable Object map, String key) {
    return map instanceof Map<?, ?> found ? found.get(key) : null;
  }
}
