/** Assembles each project's stores from the adapters. */
@NullMarked
package dev.onward.aws;

import org.jspecify.annotations.NullMarked;
