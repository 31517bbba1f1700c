/** The stores of each project, put together from the adapters. */
@NullMarked
package dev.onward.aws;

import org.jspecify.annotations.NullMarked;
