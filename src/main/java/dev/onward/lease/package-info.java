/** Leader election among replicas: the lease, its term and who holds it. */
@NullMarked
package dev.onward.lease;

import org.jspecify.annotations.NullMarked;
