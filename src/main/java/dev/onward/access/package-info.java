/** Who asks, and what they may do: whatever face of Onward they come to. */
@NullMarked
package dev.onward.access;

import org.jspecify.annotations.NullMarked;
