/** The packaged artifact, started as an operator starts it and used from outside. */
@NullMarked
package dev.onward.packaged;

import org.jspecify.annotations.NullMarked;
