package dev.onward.aws.dynamodb;

import java.util.List;
import java.util.Optional;

/**
 * What a table must look like. All keys are strings; all indexes project everything.
 *
 * @param setting the Onward setting that names the table
 */
public record TableDefinition(
    String name, String setting, KeySchema key, List<SecondaryIndex> indexes) {
  public TableDefinition {
    indexes = List.copyOf(indexes);
  }

  /** A primary key: of a table or of an index. */
  public record KeySchema(String hash, Optional<String> range) {
    public static KeySchema of(String hash) {
      return new KeySchema(hash, Optional.empty());
    }

    public static KeySchema of(String hash, String range) {
      return new KeySchema(hash, Optional.of(range));
    }

    @Override
    public String toString() {
      return "(" + hash + range.map(name -> ", " + name).orElse("") + ")";
    }
  }

  /** A global secondary index. */
  public record SecondaryIndex(String name, KeySchema key) {}
}
