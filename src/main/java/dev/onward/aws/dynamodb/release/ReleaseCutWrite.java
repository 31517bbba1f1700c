package dev.onward.aws.dynamodb.release;

import dev.onward.aws.dynamodb.state.AuditEntry;
import dev.onward.aws.dynamodb.state.HeadWrites;
import dev.onward.aws.dynamodb.state.InterventionWrites;
import dev.onward.aws.dynamodb.state.StateReads;
import dev.onward.aws.dynamodb.state.Transactions;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.plan.Action.CutRelease;
import dev.onward.plan.Action.RecordDeployment;
import dev.onward.store.Failure;
import dev.onward.store.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Cuts a release: writes its item and moves its label's head in one transaction, optionally with
 * its first deployments as part of the item and the moves of their heads.
 */
final class ReleaseCutWrite {
  private final ProjectTables tables;
  private final ReleaseReads releases;
  private final StateReads state;
  private final HeadWrites heads;
  private final InterventionWrites interventions;
  private final ReleaseWrites writes;
  private final Transactions transactions;

  ReleaseCutWrite(
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

  WriteOutcome write(CutRelease action, List<RecordDeployment> deployments) {
    if (!deployments.isEmpty()) {
      return together(action, deployments);
    }
    WriteOutcome outcome =
        write(action, action.to(), writes.create(action.release()), "release_cut");
    return outcome instanceof WriteOutcome.Conflict ? completed(action, outcome) : outcome;
  }

  private WriteOutcome together(CutRelease action, List<RecordDeployment> deployments) {
    Release release = action.release();
    for (RecordDeployment deployment : deployments) {
      release = release.withDeployment(deployment.deployment());
    }
    if (!writes.fits(release)) {
      return new WriteOutcome.Conflict("the release and its deployments do not fit into one item");
    }
    var all = new ArrayList<TransactWriteItem>();
    var events = new ArrayList<AuditEntry>();
    all.add(heads.move(action.from(), action.to()));
    all.add(writes.create(release));
    events.add(event("release_cut", action));
    for (RecordDeployment deployment : deployments) {
      all.add(heads.move(deployment.from(), deployment.to()));
      events.add(DeploymentWrite.event(deployment));
    }
    // Only once, since a transaction must not name an item twice; all were decided with the same
    // interventions.
    deployments.stream()
        .flatMap(deployment -> deployment.interventions().stream())
        .distinct()
        .map(interventions::requireVersion)
        .forEach(all::add);
    return transactions.write(
        List.of(action, deployments), all, events, () -> contradiction(action));
  }

  private WriteOutcome write(
      CutRelease action, LabelHead to, TransactWriteItem release, String event) {
    return transactions.write(
        action,
        List.of(heads.move(action.from(), to), release),
        List.of(event(event, action)),
        () -> contradiction(action));
  }

  /**
   * The release may exist while the head never moved, because the state table was lost or restored
   * since. The id is derived from the images, so it is the same cut; its head is moved now.
   */
  private WriteOutcome completed(CutRelease action, WriteOutcome conflict) {
    Optional<Release> stored = releases.release(action.release().id());
    boolean headUnmoved = state.head(action.to().label()).equals(action.from());
    if (stored.isEmpty() || !headUnmoved) {
      return conflict;
    }
    if (!stored.get().images().equals(action.release().images())) {
      return new WriteOutcome.Failed(
          Failure.stalled(
              "release %s is already in table %s with different images; remove one of them manually"
                  .formatted(action.release().id(), tables.releases())));
    }
    LabelHead observed = action.to();
    var to =
        new LabelHead(
            observed.label(), observed.release(), stored.get().createdAt(), observed.version());
    return write(action, to, writes.requirePresent(to.release()), "release_found");
  }

  private Optional<String> contradiction(CutRelease action) {
    Optional<LabelHead> head = state.head(action.to().label());
    if (head.filter(it -> it.release().equals(action.release().id())).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "the newest release of label %s is %s, expected %s"
            .formatted(action.to().label(), release(head), release(action.from())));
  }

  private static AuditEntry event(String what, CutRelease action) {
    return new AuditEntry(
        what,
        action.release().requestedBy(),
        action.to().label().value(),
        action.from().map(head -> head.release().value()),
        Optional.of(action.release().id().value()),
        action.release().description());
  }

  private static String release(Optional<LabelHead> head) {
    return head.map(it -> it.release().value()).orElse("none");
  }
}
