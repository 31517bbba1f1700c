/** The settings, which every package may use. */
@NullMarked
package dev.onward;

import org.jspecify.annotations.NullMarked;
