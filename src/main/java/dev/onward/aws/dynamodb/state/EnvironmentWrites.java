package dev.onward.aws.dynamodb.state;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Requester;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.plan.Action;
import dev.onward.plan.Action.AdoptDeployment;
import dev.onward.plan.Action.ConvergeParameters;
import dev.onward.plan.Action.InitialiseEnvironment;
import dev.onward.plan.ForeignDeployment;
import dev.onward.plan.RepairRequest;
import dev.onward.store.WriteOutcome;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** The changes of an environment's head that do not affect the releases table. */
public final class EnvironmentWrites {
  private final StateReads state;
  private final HeadWrites heads;
  private final InterventionWrites interventions;
  private final Transactions transactions;

  public EnvironmentWrites(
      HeadWrites heads,
      StateReads state,
      InterventionWrites interventions,
      Transactions transactions) {
    this.state = state;
    this.heads = heads;
    this.interventions = interventions;
    this.transactions = transactions;
  }

  public WriteOutcome initialise(InitialiseEnvironment action) {
    var event =
        new AuditEntry(
            "environment_initialised",
            Requester.ONWARD,
            action.to().environment().value(),
            Optional.empty(),
            current(action.to()),
            action.adopted().map(it -> describe(it, action.to())).orElse("no deployment found"));
    return move(action, heads.create(action.to()), event, Optional.empty(), action.to());
  }

  public WriteOutcome adopt(AdoptDeployment action) {
    var event =
        new AuditEntry(
            "deployment_adopted",
            action.adopted().deployment().requestedBy(),
            action.to().environment().value(),
            current(action.from()),
            current(action.to()),
            describe(action.adopted(), action.to()));
    var move = heads.move(action.from(), action.to());
    return move(action, move, event, Optional.of(action.from()), action.to());
  }

  public WriteOutcome repair(RepairRequest request) {
    var event =
        new AuditEntry(
            "repair_requested",
            request.attribution().by(),
            request.to().environment().value(),
            current(request.from()),
            current(request.to()),
            request.detail());
    return transactions.write(
        request,
        List.of(
            heads.move(request.from(), request.to()),
            interventions.requireVersion(request.interventions())),
        List.of(event),
        () -> notAsked(request));
  }

  /** The write's own effect is checked first: an intervention set later does not undo it. */
  private Optional<String> notAsked(RepairRequest request) {
    Optional<EnvironmentHead> head = state.head(request.to().environment());
    if (head.filter(it -> isSameMove(it, request.to()) && it.repairAsked()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        head.filter(it -> it.version() == request.from().version()).isPresent()
            ? "an intervention was set meanwhile"
            : HeadWrites.moved(request.from(), head));
  }

  public WriteOutcome markConverged(ConvergeParameters action) {
    EnvironmentHead head = action.head();
    Update mark = heads.markConverged(head);
    return action.repair()
        ? transactions.write(
            action,
            List.of(TransactWriteItem.builder().update(mark).build()),
            List.of(repaired(action)),
            () -> notConverged(head))
        : transactions.change(mark, () -> notConverged(head));
  }

  public void reopen(EnvironmentId environment) {
    transactions.change(heads.reopen(environment));
  }

  private WriteOutcome move(
      Action action,
      TransactWriteItem move,
      AuditEntry event,
      Optional<EnvironmentHead> from,
      EnvironmentHead to) {
    return transactions.write(action, List.of(move), List.of(event), () -> notMoved(from, to));
  }

  private Optional<String> notMoved(Optional<EnvironmentHead> from, EnvironmentHead to) {
    Optional<EnvironmentHead> head = state.head(to.environment());
    if (head.filter(it -> isSameMove(it, to)).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        from.map(it -> HeadWrites.moved(it, head))
            .orElse("environment %s was initialised differently".formatted(to.environment())));
  }

  /** Whether it was marked converged since is irrelevant. */
  private static boolean isSameMove(EnvironmentHead found, EnvironmentHead to) {
    return found.version() == to.version() && found.history().equals(to.history());
  }

  private Optional<String> notConverged(EnvironmentHead expected) {
    Optional<EnvironmentHead> head = state.head(expected.environment());
    boolean converged = head.filter(it -> isSameMove(it, expected) && it.converged()).isPresent();
    return converged ? Optional.empty() : Optional.of(HeadWrites.moved(expected, head));
  }

  private static AuditEntry repaired(ConvergeParameters action) {
    Optional<String> release = current(action.head());
    return new AuditEntry(
        "drift_repaired",
        Requester.ONWARD,
        action.head().environment().value(),
        release,
        release,
        "parameters written: " + action.writes().keySet());
  }

  private static Optional<String> current(EnvironmentHead head) {
    return head.current().map(deployed -> deployed.release().value());
  }

  private static String describe(ForeignDeployment found, EnvironmentHead to) {
    return "deployed at %s by %s: %s"
        .formatted(
            found.dated(to),
            found.deployment().requestedBy().name(),
            found.deployment().description());
  }
}
