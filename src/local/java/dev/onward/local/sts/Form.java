package dev.onward.local.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The fields of a query-protocol request. */
record Form(Map<String, String> fields) {

  Form {
    fields = Map.copyOf(fields);
  }

  static Form parse(String body) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
      }
    }
    return new Form(fields);
  }

  private static String decode(String value) {
    try {
      return URLDecoder.decode(value, UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return value;
    }
  }

  Optional<String> get(String field) {
    return Optional.ofNullable(fields.get(field)).filter(value -> !value.isEmpty());
  }
}
