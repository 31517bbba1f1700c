/** The pure decision on a person's command, and its preview. */
@NullMarked
package dev.onward.plan.command;

import org.jspecify.annotations.NullMarked;
