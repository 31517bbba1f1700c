/** One cycle and its ports, on stores in memory that keep the ports' promises. */
@NullMarked
package dev.onward.reconcile;

import org.jspecify.annotations.NullMarked;
