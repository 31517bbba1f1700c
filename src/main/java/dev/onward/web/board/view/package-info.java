/** What the board's templates show. */
@NullMarked
package dev.onward.web.board.view;

import org.jspecify.annotations.NullMarked;
