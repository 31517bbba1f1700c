/** The releases table, shared with the older tool. */
@NullMarked
package dev.onward.aws.dynamodb.release;

import org.jspecify.annotations.NullMarked;
