/** Queries beyond the current state: histories, comparisons and searches. */
@NullMarked
package dev.onward.query;

import org.jspecify.annotations.NullMarked;
