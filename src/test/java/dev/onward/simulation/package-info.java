/**
 * A deterministic simulation: replicas of the real reconciler and the real stores on a model of
 * AWS, run step by step by a seeded scheduler through faults.
 */
@NullMarked
package dev.onward.simulation;

import org.jspecify.annotations.NullMarked;
