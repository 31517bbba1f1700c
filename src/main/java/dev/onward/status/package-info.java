/** The snapshot of each project's last cycle. */
@NullMarked
package dev.onward.status;

import org.jspecify.annotations.NullMarked;
