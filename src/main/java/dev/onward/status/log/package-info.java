/** Log lines for the person on call. */
@NullMarked
package dev.onward.status.log;

import org.jspecify.annotations.NullMarked;
