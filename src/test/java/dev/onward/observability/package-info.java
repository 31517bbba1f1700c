/** Alerts, runbooks and dashboards: held against one another, Prometheus's own tools, and life. */
@NullMarked
package dev.onward.observability;

import org.jspecify.annotations.NullMarked;
