/** Scenarios of the pure decision, each named for the situation. */
@NullMarked
package dev.onward.plan;

import org.jspecify.annotations.NullMarked;
