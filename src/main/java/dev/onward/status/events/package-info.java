/** The feed of differences between cycles. */
@NullMarked
package dev.onward.status.events;

import org.jspecify.annotations.NullMarked;
