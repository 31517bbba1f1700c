/** One cycle and the loop around it: the ports, the observer, the actor, the reconciler. */
@NullMarked
package dev.onward.reconcile;

import org.jspecify.annotations.NullMarked;
