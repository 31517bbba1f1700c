/** Onward's settings; everything else lives in the packages below. */
@NullMarked
package dev.onward;

import org.jspecify.annotations.NullMarked;
