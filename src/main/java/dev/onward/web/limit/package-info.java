/** Limits on connections, on concurrent requests and on unread responses. */
@NullMarked
package dev.onward.web.limit;

import org.jspecify.annotations.NullMarked;
