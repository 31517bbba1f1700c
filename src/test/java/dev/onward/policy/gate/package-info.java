/** What each gate says, and when. */
@NullMarked
package dev.onward.policy.gate;

import org.jspecify.annotations.NullMarked;
