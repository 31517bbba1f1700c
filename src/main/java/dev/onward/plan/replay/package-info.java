/** Replay of a policy over the recorded history. */
@NullMarked
package dev.onward.plan.replay;

import org.jspecify.annotations.NullMarked;
