/**
 * The benchmark: what the packaged artifact costs and how fast it is, against the local AWS or any
 * other endpoint. Compiled with the tests and in no artifact; {@code bench/run} starts it, and
 * docs/benchmark.md says what it measures and what came of it.
 */
@NullMarked
package dev.onward.bench;

import org.jspecify.annotations.NullMarked;
