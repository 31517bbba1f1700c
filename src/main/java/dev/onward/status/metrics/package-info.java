/** Prometheus metrics. */
@NullMarked
package dev.onward.status.metrics;

import org.jspecify.annotations.NullMarked;
