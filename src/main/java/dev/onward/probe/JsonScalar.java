package dev.onward.probe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import java.io.IOException;

/**
 * Reads one value of a JSON document as written: a node tree would already have turned {@code 1.50}
 * into a number. The document must be valid to its end, without duplicate keys, of which either
 * could be meant.
 */
final class JsonScalar {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonScalar() {}

  /** The result of the lookup. */
  sealed interface Outcome {}

  record Found(String text) implements Outcome {}

  record NotFound(String reason) implements Outcome {}

  static Outcome find(String pointer, String document) {
    JsonPointer where;
    try {
      where = JsonPointer.compile(pointer);
    } catch (IllegalArgumentException e) {
      return new NotFound(Texts.quoted(pointer) + " is not a JSON pointer");
    }
    try (JsonParser parser = JSON.createParser(document)) {
      var filter = new JsonPointerBasedFilter(where);
      var filtered = new FilteringParserDelegate(parser, filter, Inclusion.ONLY_INCLUDE_ALL, false);
      Outcome found = outcome(pointer, filtered);
      readToTheEnd(parser);
      return found;
    } catch (IOException e) {
      return new NotFound("the response is not JSON");
    }
  }

  private static Outcome outcome(String pointer, JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      return new NotFound("the response has no " + pointer);
    }
    return token.isScalarValue()
        ? new Found(parser.getText())
        : new NotFound(pointer + " is an object or an array");
  }

  private static void readToTheEnd(JsonParser parser) throws IOException {
    JsonToken token;
    do {
      token = parser.nextToken();
    } while (token != null);
  }
}
