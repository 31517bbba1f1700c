/** Observation of a project: listings, heads, interventions, releases and the clock. */
@NullMarked
package dev.onward.reconcile.observe;

import org.jspecify.annotations.NullMarked;
