/** What the world is shown: the snapshot of the last cycle, metrics and health. */
@NullMarked
package dev.onward.status;

import org.jspecify.annotations.NullMarked;
