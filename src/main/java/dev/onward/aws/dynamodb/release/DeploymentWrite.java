package dev.onward.aws.dynamodb.release;

import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.ItemSize;
import dev.onward.aws.dynamodb.state.AuditEntry;
import dev.onward.aws.dynamodb.state.HeadWrites;
import dev.onward.aws.dynamodb.state.InterventionWrites;
import dev.onward.aws.dynamodb.state.StateReads;
import dev.onward.aws.dynamodb.state.Transactions;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.plan.Action.RecordDeployment;
import dev.onward.store.Failure;
import dev.onward.store.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Records a deployment: the entry in the release's list and the move of the environment's head, in
 * one transaction. A deployment by automation is also conditional on no intervention having been
 * set since, and on the source environment's head not having moved.
 *
 * <p>A release's list of deployments only grows, while DynamoDB limits the item's size. An entry
 * that no longer fits is stored in the state table, the release is marked, and readers merge it
 * back.
 */
final class DeploymentWrite {
  /** What an overflow mark can add to an item: two names, a mark and a date. */
  private static final int OVERFLOW_MARK = 96;

  private final ProjectTables tables;
  private final ReleaseReads releases;
  private final StateReads state;
  private final HeadWrites heads;
  private final InterventionWrites interventions;
  private final ReleaseWrites writes;
  private final Transactions transactions;

  DeploymentWrite(
      ProjectTables tables,
      ReleaseReads releases,
      StateReads state,
      InterventionWrites interventions,
      Transactions transactions) {
    this.tables = tables;
    this.releases = releases;
    this.state = state;
    this.heads = new HeadWrites(tables.state());
    this.interventions = interventions;
    this.writes = new ReleaseWrites(tables);
    this.transactions = transactions;
  }

  WriteOutcome write(RecordDeployment action) {
    Optional<Item> found = releases.item(action.release().id());
    if (found.isEmpty()) {
      return failed(
          "release %s is not in table %s".formatted(action.release().id(), tables.releases()));
    }
    Item release = found.get();
    if (isListed(action, release)) {
      return write(action, writes.requirePresent(action.release().id()));
    }
    int size = ItemSize.of(release);
    if (isAppendable(release) && size + added(action) <= ItemSize.LIMIT) {
      int length = release.list(ReleaseTable.DEPLOYMENTS).map(List::size).orElse(0);
      return write(action, writes.append(action.release().id(), length, action.deployment()));
    }
    if (size + OVERFLOW_MARK > ItemSize.MAXIMUM) {
      return failed(
          String.format(
              Locale.ROOT,
              "release %s in table %s takes about %,d bytes; DynamoDB allows %,d for an item: not even"
                  + " the date of a deployment fits",
              action.release().id(),
              tables.releases(),
              size,
              ItemSize.MAXIMUM));
    }
    return write(
        action,
        writes.markOverflow(action.release().id(), action.deployment()),
        writes.keepOverflow(action.release().id(), action.deployment(), action.to().version()));
  }

  private static int added(RecordDeployment action) {
    return ItemSize.of(DeploymentItem.of(action.deployment()).asValue()) + OVERFLOW_MARK;
  }

  private WriteOutcome write(RecordDeployment action, TransactWriteItem... recording) {
    var all = new ArrayList<TransactWriteItem>();
    all.add(heads.move(action.from(), action.to()));
    all.addAll(List.of(recording));
    action.sourceHead().ifPresent(head -> all.add(heads.requireUnmoved(head)));
    action.interventions().ifPresent(version -> all.add(interventions.requireVersion(version)));
    return transactions.write(action, all, List.of(event(action)), () -> contradiction(action));
  }

  /**
   * The write's own effect is checked first: an intervention set after this deployment was recorded
   * does not undo it. Then the head, which moves far more often than interventions change, and
   * finally the source's head.
   */
  private Optional<String> contradiction(RecordDeployment action) {
    Optional<EnvironmentHead> head = state.head(action.to().environment());
    if (head.filter(it -> holds(it, action)).isPresent()) {
      return Optional.empty();
    }
    if (head.filter(it -> it.version() == action.from().version()).isEmpty()) {
      return Optional.of(HeadWrites.moved(action.from(), head));
    }
    if (action
        .interventions()
        .filter(version -> version != state.interventions().version())
        .isPresent()) {
      return Optional.of("an intervention was set meanwhile");
    }
    Optional<EnvironmentHead> source =
        action.sourceHead().flatMap(before -> state.head(before.environment()));
    if (!versionOf(source).equals(versionOf(action.sourceHead()))) {
      return Optional.of(HeadWrites.moved(action.sourceHead().orElseThrow(), source));
    }
    return Optional.of(
        "another deployment of release %s was recorded at the same time"
            .formatted(action.release().id()));
  }

  private static Optional<Long> versionOf(Optional<EnvironmentHead> head) {
    return head.map(EnvironmentHead::version);
  }

  /**
   * Compared by id: another replica that took the same decision used the same id, at its own time.
   */
  private static boolean holds(EnvironmentHead head, RecordDeployment action) {
    Optional<String> id = action.deployment().id();
    return id.isPresent()
        && head.history().stream().map(DeployedRelease::deploymentId).anyMatch(id::equals);
  }

  /**
   * The state table may have been restored to a point before a deployment that the release still
   * lists.
   */
  private static boolean isListed(RecordDeployment action, Item release) {
    Optional<String> id = action.deployment().id();
    return id.isPresent()
        && release.list(ReleaseTable.DEPLOYMENTS).orElse(List.of()).stream()
            .flatMap(entry -> Item.map(entry).stream())
            .anyMatch(entry -> entry.text(ReleaseTable.DEPLOYMENT_ID).equals(id));
  }

  private static boolean isAppendable(Item release) {
    return release.value(ReleaseTable.DEPLOYMENTS).map(AttributeValue::hasL).orElse(true);
  }

  static AuditEntry event(RecordDeployment action) {
    return new AuditEntry(
        "deployment_recorded",
        action.deployment().requestedBy(),
        action.to().environment().value(),
        action.from().current().map(current -> current.release().value()),
        Optional.of(action.release().id().value()),
        action.deployment().description());
  }

  private static WriteOutcome failed(String message) {
    return new WriteOutcome.Failed(Failure.stalled(message));
  }
}
