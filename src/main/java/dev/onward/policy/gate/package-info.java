/** The gates of this version, and the promotion policy that evaluates them in order. */
@NullMarked
package dev.onward.policy.gate;

import org.jspecify.annotations.NullMarked;
