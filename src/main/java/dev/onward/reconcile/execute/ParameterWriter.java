package dev.onward.reconcile.execute;

import dev.onward.model.ParameterName;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.plan.Action;
import dev.onward.store.CycleDeadline;
import dev.onward.store.Failure;
import dev.onward.store.ParameterStore;
import dev.onward.store.ProjectStores;
import dev.onward.store.ReleaseStore;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;

/** Writes an environment's parameters as its head's release defines them. */
final class ParameterWriter {
  private static final WriteOutcome OVERTAKEN =
      new WriteOutcome.Conflict("the environment's head has moved");

  private final BooleanSupplier stopping;

  ParameterWriter(BooleanSupplier stopping) {
    this.stopping = stopping;
  }

  /**
   * Writes nothing for a stale plan: unless the head was moved just before, it is read again first.
   * If it has moved while parameters were being written, successfully or not, it is reopened: the
   * next cycle compares everything again, since an old value may have been written over a newer
   * one.
   *
   * @param justMoved whether the caller has just moved the head itself, which makes the read
   *     unnecessary
   * @param written the services whose parameters were written, to be added to
   */
  WriteOutcome converge(
      Action.ConvergeParameters action,
      ProjectStores stores,
      boolean justMoved,
      SortedSet<ServiceId> written) {
    if (!justMoved && isOvertaken(action, stores.releases())) {
      return OVERTAKEN;
    }
    Optional<Failure> failure = write(action, stores.parameters(), written);
    // The environment is not converged if a parameter could not be overwritten.
    boolean marks = failure.isEmpty() && (action.complete() || action.repair());
    WriteOutcome outcome =
        failure
            .<WriteOutcome>map(WriteOutcome.Failed::new)
            .orElseGet(
                () -> marks ? stores.releases().markConverged(action) : new WriteOutcome.Applied());
    // Only a head that was marked is known not to have moved.
    boolean known = marks && outcome.applied();
    if (!known && !written.isEmpty() && isOvertaken(action, stores.releases())) {
      stores.releases().reopen(action.head().environment());
      return outcome.applied() ? OVERTAKEN : outcome;
    }
    return outcome;
  }

  private static boolean isOvertaken(Action.ConvergeParameters action, ReleaseStore releases) {
    return releases
        .head(action.head().environment())
        .filter(head -> head.version() == action.head().version())
        .isEmpty();
  }

  /** Writes what it can: one parameter that SSM rejects does not prevent the others. */
  private Optional<Failure> write(
      Action.ConvergeParameters action, ParameterStore parameters, SortedSet<ServiceId> written) {
    var failures = new ArrayList<Failure>();
    for (Map.Entry<ServiceId, ImageRef> write : action.writes().entrySet()) {
      if (stopping.getAsBoolean()) {
        failures.add(Failure.transientOne("Onward is shutting down"));
        break;
      }
      Optional<Failure> late = CycleDeadline.passed();
      if (late.isPresent()) {
        failures.add(late.get());
        break;
      }
      var name =
          new ParameterName(
              action.release().project(), action.head().environment(), write.getKey());
      try {
        parameters.put(name, write.getValue(), description(action));
        written.add(write.getKey());
      } catch (StoreException e) {
        failures.add(e.failure());
        if (e.failure().kind() == Failure.Kind.TRANSIENT) {
          break;
        }
      }
    }
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    String messages =
        String.join("; ", failures.stream().map(Failure::message).distinct().toList());
    return Optional.of(new Failure(failures.getLast().kind(), messages));
  }

  private static String description(Action.ConvergeParameters action) {
    return "Onward: %s %s (%s)"
        .formatted(
            action.repairs() ? "repaired to release" : "release",
            action.release().id(),
            action.release().description());
  }
}
