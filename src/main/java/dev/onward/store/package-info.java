/** The ports to everything stored or asked outside, and their outcomes. */
@NullMarked
package dev.onward.store;

import org.jspecify.annotations.NullMarked;
