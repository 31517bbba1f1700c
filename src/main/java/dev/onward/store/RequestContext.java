package dev.onward.store;

import java.lang.ScopedValue.CallableOp;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The request that the current thread serves. Audit events written meanwhile name it, and its reads
 * do not wait behind polling. No decision depends on it.
 */
public final class RequestContext {
  private static final ScopedValue<String> ID = ScopedValue.newInstance();

  private RequestContext() {}

  /** Runs work on behalf of a request. */
  public static <T> T doing(String id, Supplier<T> work) {
    return ScopedValue.where(ID, id).call(work::get);
  }

  /** Runs work that throws a checked exception on behalf of a request. */
  public static <T, X extends Throwable> T calling(String id, CallableOp<T, X> work) throws X {
    return ScopedValue.where(ID, id).call(work);
  }

  /** Absent for automation. */
  public static Optional<String> id() {
    return ID.isBound() ? Optional.of(ID.get()) : Optional.empty();
  }
}
