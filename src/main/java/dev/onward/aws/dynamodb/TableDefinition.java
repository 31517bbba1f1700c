package dev.onward.aws.dynamodb;

import java.util.List;
import java.util.Optional;

/**
 * The required structure of a table. All keys are strings; all indexes project all attributes.
 *
 * @param setting the Onward setting that names the table
 */
public record TableDefinition(
    String name, String setting, KeySchema key, List<SecondaryIndex> indexes) {
  public TableDefinition {
    indexes = List.copyOf(indexes);
  }

  /** The primary key of a table or an index. */
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
