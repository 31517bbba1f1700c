/** Pure decisions on operator commands, and their previews. */
@NullMarked
package dev.onward.plan.command;

import org.jspecify.annotations.NullMarked;
