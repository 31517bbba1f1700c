/** The local Parameter Store: SSM's operations, limits and errors over a sorted table in memory. */
@NullMarked
package dev.onward.local.ssm;

import org.jspecify.annotations.NullMarked;
