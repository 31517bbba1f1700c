package dev.onward.manifest.document;

import java.util.List;

/** A JSON or YAML document, with the line (counted from 1) on which each part of it begins. */
public sealed interface Node {
  int line();

  /** Each key once, in the document's order. */
  record Mapping(List<Entry> entries, int line) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  record Entry(String key, int line, Node value) {}

  record Sequence(List<Node> items, int line) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** The text is what is written in the document: {@code 007} stays that. */
  record Scalar(Kind kind, String text, int line) implements Node {
    enum Kind {
      TEXT,
      NUMBER,
      BOOLEAN,
      NULL
    }
  }

  /** Something that cannot be used and has been reported. */
  record Unusable(int line) implements Node {}

  /** What it is, for people. */
  default String describe() {
    return switch (this) {
      case Mapping _ -> "a map";
      case Sequence _ -> "a list";
      case Unusable _ -> "something unusable";
      case Scalar(var kind, var text, var _) ->
          switch (kind) {
            case NULL -> "nothing";
            case TEXT -> text.isEmpty() ? "nothing" : Excerpt.quoted(text);
            case NUMBER -> "the number " + Excerpt.of(text);
            case BOOLEAN -> Excerpt.of(text) + ", which is read as a boolean";
          };
    };
  }
}
