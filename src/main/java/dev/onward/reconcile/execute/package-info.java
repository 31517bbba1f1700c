/** Execution of a plan: conditional writes, then parameters. */
@NullMarked
package dev.onward.reconcile.execute;

import org.jspecify.annotations.NullMarked;
