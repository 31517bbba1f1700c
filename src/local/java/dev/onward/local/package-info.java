/**
 * The local AWS for trying Onward out and for its tests: one loopback port, never in production.
 */
@NullMarked
package dev.onward.local;

import org.jspecify.annotations.NullMarked;
