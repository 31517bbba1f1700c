package dev.onward.reconcile;

import dev.onward.model.Interventions;
import dev.onward.plan.Saying;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is kept for the daemon as a whole, in memory, with the condition of the real write. */
public final class MemoryDaemonStore implements DaemonStore {
  private final List<String> said = new ArrayList<>();
  private final AuditTrail trail = new MemoryAuditTrail();
  private final RequestLedger requests = new MemoryRequestLedger();
  private Interventions interventions = Interventions.NONE;
  private CallHook hook = CallHook.NONE;

  void hook(CallHook newHook) {
    hook = newHook;
  }

  /** The item is deleted by hand, or the table made anew. */
  synchronized void lose() {
    interventions = Interventions.NONE;
  }

  /** The events of what was said. */
  List<String> said() {
    return said;
  }

  @Override
  public AuditTrail audit() {
    return trail;
  }

  @Override
  public RequestLedger requests() {
    return requests;
  }

  @Override
  public Interventions interventions() {
    return called("interventions", () -> interventions);
  }

  @Override
  public WriteOutcome say(Saying saying) {
    return called("sayEverywhere", () -> said(saying));
  }

  private WriteOutcome said(Saying saying) {
    if (interventions.equals(saying.to())) {
      return new WriteOutcome.AlreadyApplied();
    }
    if (interventions.version() != saying.from().version()) {
      return new WriteOutcome.Conflict("somebody else said something at the same moment");
    }
    interventions = saying.to();
    said.add("%s %s".formatted(saying.word().event(), saying.said().by().id()));
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
