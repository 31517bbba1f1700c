package dev.onward.store;

import java.lang.ScopedValue.CallableOp;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The request on whose behalf a thread works, so that what it writes to the audit trail says which
 * request it was, and that what it reads does not wait behind polling. Nothing is decided by it.
 */
public final class RequestContext {
  private static final ScopedValue<String> ID = ScopedValue.newInstance();

  private RequestContext() {}

  /** Does some work on behalf of a request. */
  public static <T> T doing(String id, Supplier<T> work) {
    return ScopedValue.where(ID, id).call(work::get);
  }

  /** Does some work on behalf of a request that may fail in a manner of its own. */
  public static <T, X extends Throwable> T calling(String id, CallableOp<T, X> work) throws X {
    return ScopedValue.where(ID, id).call(work);
  }

  /** Absent of what automation does. */
  public static Optional<String> id() {
    return ID.isBound() ? Optional.of(ID.get()) : Optional.empty();
  }
}
