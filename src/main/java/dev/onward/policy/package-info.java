/** Promotion policies: the gates and their verdicts. */
@NullMarked
package dev.onward.policy;

import org.jspecify.annotations.NullMarked;
