/** The settings and their validation at start-up. */
@NullMarked
package dev.onward;

import org.jspecify.annotations.NullMarked;
