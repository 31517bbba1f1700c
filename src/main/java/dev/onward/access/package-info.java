/** Who asks and what they may do: callers, roles, grants and denials. */
@NullMarked
package dev.onward.access;

import org.jspecify.annotations.NullMarked;
