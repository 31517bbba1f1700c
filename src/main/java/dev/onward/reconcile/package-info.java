/** The reconcile loop and one cycle of a project. */
@NullMarked
package dev.onward.reconcile;

import org.jspecify.annotations.NullMarked;
