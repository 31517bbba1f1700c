/** What API and board share of HTTP: errors, idempotency, entity tags, limits. */
@NullMarked
package dev.onward.web.http;

import org.jspecify.annotations.NullMarked;
