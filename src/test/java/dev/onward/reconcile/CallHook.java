package dev.onward.reconcile;

/** Is called around every call to a store: counts, injects failures, lets others act in between. */
public interface CallHook {
  CallHook NONE = call -> {};

  void before(String call);

  default void after(String call) {}

  /** The process dies here: no code of the cycle may catch it. */
  final class Crash extends Error {}
}
