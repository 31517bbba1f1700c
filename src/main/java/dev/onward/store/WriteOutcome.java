package dev.onward.store;

/**
 * What became of a conditional write. Only {@link Applied} and {@link AlreadyApplied} let a cycle
 * go on from the state that the write leads to.
 *
 * <p>A reply can be lost after the write succeeded, and the SDK's own retry then meets the write's
 * own effect. The stores therefore compare what is there with what was meant before they speak of a
 * conflict.
 */
public sealed interface WriteOutcome {
  /** Written by this call. */
  record Applied() implements WriteOutcome {}

  /** What was meant is already there: an earlier attempt of ours, or another replica's same cut. */
  record AlreadyApplied() implements WriteOutcome {}

  /** Somebody else moved first. Never retried blindly: observe again and plan again. */
  record Conflict(String reason) implements WriteOutcome {}

  /** Nobody knows whether it was written. The next cycle's observation will tell. */
  record Unknown(Failure failure) implements WriteOutcome {}

  /** Certainly not written. */
  record Failed(Failure failure) implements WriteOutcome {}

  default boolean applied() {
    return this instanceof Applied || this instanceof AlreadyApplied;
  }
}
