package dev.onward.aws.dynamodb.release;

import dev.onward.aws.dynamodb.state.AuditEntry;
import dev.onward.aws.dynamodb.state.Transactions;
import dev.onward.model.release.Release;
import dev.onward.store.WriteOutcome;
import java.util.List;
import java.util.Optional;

/** Adds a release that belongs to no label's chain: writes only its item. */
final class ComposedReleaseWrite {
  private final ProjectTables tables;
  private final ReleaseReads releases;
  private final ReleaseWrites writes;
  private final Transactions transactions;

  ComposedReleaseWrite(ProjectTables tables, ReleaseReads releases, Transactions transactions) {
    this.tables = tables;
    this.releases = releases;
    this.writes = new ReleaseWrites(tables);
    this.transactions = transactions;
  }

  WriteOutcome write(Release release) {
    return transactions.write(
        release,
        List.of(writes.create(release)),
        List.of(event(release)),
        () -> contradiction(release));
  }

  private Optional<String> contradiction(Release release) {
    Optional<Release> stored = releases.release(release.id());
    if (stored.filter(it -> it.images().equals(release.images())).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        stored.isPresent()
            ? "release %s is already in table %s with different images"
                .formatted(release.id(), tables.releases())
            : "release %s is not in table %s, or belongs to another project"
                .formatted(release.id(), tables.releases()));
  }

  private static AuditEntry event(Release release) {
    String id = release.id().value();
    return new AuditEntry(
        "release_composed",
        release.requestedBy(),
        id,
        Optional.empty(),
        Optional.of(id),
        release.description());
  }
}
