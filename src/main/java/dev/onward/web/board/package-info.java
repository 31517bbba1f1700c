/** The board's pages and forms. */
@NullMarked
package dev.onward.web.board;

import org.jspecify.annotations.NullMarked;
