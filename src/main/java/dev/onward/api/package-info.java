/** The REST API under /api/v1. */
@NullMarked
package dev.onward.api;

import org.jspecify.annotations.NullMarked;
