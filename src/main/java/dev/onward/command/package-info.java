/** Commands of people: executed under conditional writes, with one retry loop. */
@NullMarked
package dev.onward.command;

import org.jspecify.annotations.NullMarked;
