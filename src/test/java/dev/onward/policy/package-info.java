/** What each gate says, and when. */
@NullMarked
package dev.onward.policy;

import org.jspecify.annotations.NullMarked;
