/** Ids and values that exist only if they are valid. */
@NullMarked
package dev.onward.model;

import org.jspecify.annotations.NullMarked;
