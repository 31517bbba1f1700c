/**
 * Callers of HTTP requests: the identity provider, tokens, sessions and the checks of a request's
 * origin.
 */
@NullMarked
package dev.onward.access.http;

import org.jspecify.annotations.NullMarked;
