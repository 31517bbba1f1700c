/** Commands of operators, beside the daemon. */
@NullMarked
package dev.onward.tools;

import org.jspecify.annotations.NullMarked;
