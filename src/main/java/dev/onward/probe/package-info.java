/** Looks at what verifications name: HTTP addresses and Prometheus servers. */
@NullMarked
package dev.onward.probe;

import org.jspecify.annotations.NullMarked;
