/** HTTP and Prometheus checks that verifications name. */
@NullMarked
package dev.onward.probe;

import org.jspecify.annotations.NullMarked;
