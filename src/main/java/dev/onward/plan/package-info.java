/** The pure planner: desired state, observed state and time in, a plan with its explanation out. */
@NullMarked
package dev.onward.plan;

import org.jspecify.annotations.NullMarked;
