package dev.onward.aws;

import java.util.List;
import java.util.Optional;

/**
 * What a table must look like. All keys are strings; all indexes project everything.
 *
 * @param setting the Onward setting that names the table
 */
record TableDefinition(String name, String setting, KeySchema key, List<SecondaryIndex> indexes) {
  TableDefinition {
    indexes = List.copyOf(indexes);
  }

  /** A primary key: of a table or of an index. */
  record KeySchema(String hash, Optional<String> range) {
    static KeySchema of(String hash) {
      return new KeySchema(hash, Optional.empty());
    }

    static KeySchema of(String hash, String range) {
      return new KeySchema(hash, Optional.of(range));
    }

    @Override
    public String toString() {
      return "(" + hash + range.map(name -> ", " + name).orElse("") + ")";
    }
  }

  /** A global secondary index. */
  record SecondaryIndex(String name, KeySchema key) {}
}
