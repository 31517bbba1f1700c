/** Responses that are the same for every reader: rendered and compressed once per change. */
@NullMarked
package dev.onward.web.cache;

import org.jspecify.annotations.NullMarked;
