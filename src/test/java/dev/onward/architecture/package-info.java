/** What the code may depend on, and what may ship. */
@NullMarked
package dev.onward.architecture;

import org.jspecify.annotations.NullMarked;
