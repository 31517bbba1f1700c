/** What tests of the whole application share. */
@NullMarked
package dev.onward.testing;

import org.jspecify.annotations.NullMarked;
