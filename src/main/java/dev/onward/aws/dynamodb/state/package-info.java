/** The state table: heads, interventions, audit events, idempotency keys and the lease. */
@NullMarked
package dev.onward.aws.dynamodb.state;

import org.jspecify.annotations.NullMarked;
