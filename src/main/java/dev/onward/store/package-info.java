/** The ports to storage and external systems, and their outcomes. */
@NullMarked
package dev.onward.store;

import org.jspecify.annotations.NullMarked;
