/** What people ask of a project beyond its state: what was where and when, and what differs. */
@NullMarked
package dev.onward.query;

import org.jspecify.annotations.NullMarked;
