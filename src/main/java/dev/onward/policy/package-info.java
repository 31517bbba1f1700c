/** What gates are given and what they return, and the settings that the planner reads directly. */
@NullMarked
package dev.onward.policy;

import org.jspecify.annotations.NullMarked;
