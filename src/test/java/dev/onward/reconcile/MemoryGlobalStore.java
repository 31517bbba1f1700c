package dev.onward.reconcile;

import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.command.InterventionUpdate;
import dev.onward.store.AuditTrail;
import dev.onward.store.GlobalStore;
import dev.onward.store.IdempotencyStore;
import dev.onward.store.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is kept for the daemon as a whole, in memory, with the condition of the real write. */
public final class MemoryGlobalStore implements GlobalStore {
  private final List<String> said = new ArrayList<>();
  private final AuditTrail trail = new MemoryAuditTrail();
  private final IdempotencyStore requests = new MemoryIdempotencyStore();
  private InterventionState interventions = InterventionState.NONE;
  private CallHook hook = CallHook.NONE;

  public void hook(CallHook newHook) {
    hook = newHook;
  }

  /** The item is deleted by hand, or the table made anew. */
  public synchronized void lose() {
    interventions = InterventionState.NONE;
  }

  /** The events of what was said. */
  public List<String> said() {
    return said;
  }

  @Override
  public AuditTrail audit() {
    return trail;
  }

  @Override
  public IdempotencyStore requests() {
    return requests;
  }

  @Override
  public InterventionState interventions() {
    return called("interventions", () -> interventions);
  }

  @Override
  public WriteOutcome updateInterventions(InterventionUpdate update) {
    return called("sayEverywhere", () -> said(update));
  }

  private WriteOutcome said(InterventionUpdate update) {
    if (interventions.equals(update.to())) {
      return new WriteOutcome.AlreadyApplied();
    }
    if (interventions.version() != update.from().version()) {
      return new WriteOutcome.Conflict("somebody else said something at the same moment");
    }
    interventions = update.to();
    said.add("%s %s".formatted(update.intervention().event(), update.attribution().by().id()));
    return new WriteOutcome.Applied();
  }

  private <T> T called(String name, Supplier<T> call) {
    hook.before(name);
    T result;
    synchronized (this) {
      result = call.get();
    }
    hook.after(name);
    return result;
  }
}
