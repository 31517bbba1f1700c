/**
 * The pure decision: desired state, observed state and now go in, a plan with its explanation comes
 * out.
 */
@NullMarked
package dev.onward.plan;

import org.jspecify.annotations.NullMarked;
