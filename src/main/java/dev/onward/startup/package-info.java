/** Validation of all settings at start-up, before anything is polled. */
@NullMarked
package dev.onward.startup;

import org.jspecify.annotations.NullMarked;
