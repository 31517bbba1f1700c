/** The API as its clients meet it. */
@NullMarked
package dev.onward.api;

import org.jspecify.annotations.NullMarked;
