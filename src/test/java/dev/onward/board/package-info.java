/** What the pages show, without a browser; and with one. */
@NullMarked
package dev.onward.board;

import org.jspecify.annotations.NullMarked;
