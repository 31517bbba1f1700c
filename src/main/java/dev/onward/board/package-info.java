/** The web pages: what is where and why, for people who look, and the forms with which they act. */
@NullMarked
package dev.onward.board;

import org.jspecify.annotations.NullMarked;
