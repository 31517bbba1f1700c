package dev.onward.simulation;

/** A process dies here. No code in between may catch it. */
final class Crash extends Error {
  Crash() {
    super("crash", null, false, false);
  }
}
