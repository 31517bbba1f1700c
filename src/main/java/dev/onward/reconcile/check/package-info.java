/** External checks that gates ask for, and the cache of their results. */
@NullMarked
package dev.onward.reconcile.check;

import org.jspecify.annotations.NullMarked;
