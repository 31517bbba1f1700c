package dev.onward.store;

/**
 * The result of a conditional write. A cycle continues from the resulting state only after {@link
 * Applied} and {@link AlreadyApplied}.
 *
 * <p>A response can be lost after the write succeeded, and the SDK's own retry then meets the
 * write's own effect. The stores therefore compare the stored item with the intended one before
 * they report a conflict.
 */
public sealed interface WriteOutcome {
  /** Applied by this call. */
  record Applied() implements WriteOutcome {}

  /**
   * The intended state is already stored: by an earlier attempt, or by another replica's identical
   * write.
   */
  record AlreadyApplied() implements WriteOutcome {}

  /** The item changed since it was read. Never retried blindly: observe and plan again. */
  record Conflict(String reason) implements WriteOutcome {}

  /** Whether the write was applied is unknown. The next cycle's observation shows it. */
  record Unknown(Failure failure) implements WriteOutcome {}

  /** Certainly not applied. */
  record Failed(Failure failure) implements WriteOutcome {}

  default boolean applied() {
    return this instanceof Applied || this instanceof AlreadyApplied;
  }
}
